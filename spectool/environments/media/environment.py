"""The media environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.media.library import (
    add_to_playlist,
    cancel_subscription,
    create_playlist,
    get_media_library,
    save_article,
    subscribe_to_outlet,
)
from spectool.environments.media.listening import get_podcast_episode, search_episodes, search_podcasts
from spectool.environments.media.radio import find_radio_stations, get_station_schedule
from spectool.environments.media.reading import count_articles, find_outlets, get_article, get_outlet, search_articles

MEDIA = Environment(
    "media",
    "News outlets with their articles, podcasts and radio stations, and one user's subscriptions, saved articles and playlists.",
    (
        reads(find_outlets),
        reads(get_outlet),
        reads(search_articles),
        reads(get_article),
        reads(count_articles),
        reads(search_podcasts),
        reads(search_episodes),
        reads(get_podcast_episode),
        reads(find_radio_stations),
        reads(get_station_schedule),
        reads(get_media_library),
        writes(subscribe_to_outlet),
        writes(cancel_subscription),
        writes(save_article),
        writes(create_playlist),
        writes(add_to_playlist),
    ),
)

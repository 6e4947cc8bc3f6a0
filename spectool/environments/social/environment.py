"""The social environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.social.following import block_user, follow_user, list_followers, list_following, mute_user
from spectool.environments.social.groups import join_group, search_groups, send_message
from spectool.environments.social.people import get_user, lookup_username, search_users
from spectool.environments.social.posts import get_post, like_post, list_comments, search_posts, summarize_activity

SOCIAL = Environment(
    "social",
    "A network of people with their posts, comments and groups, used from one account.",
    (
        reads(search_users),
        reads(lookup_username),
        reads(get_user),
        reads(list_followers),
        reads(list_following),
        reads(search_posts),
        reads(get_post),
        reads(list_comments),
        reads(summarize_activity),
        reads(search_groups),
        writes(follow_user),
        writes(mute_user),
        writes(block_user),
        writes(like_post),
        writes(join_group),
        writes(send_message),
    ),
)

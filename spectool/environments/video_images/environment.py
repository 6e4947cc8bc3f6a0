"""The video and image environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.video_images.collections import add_to_collection, create_collection, get_collection, list_collections
from spectool.environments.video_images.creators import find_creators, list_creator_assets, summarise_assets
from spectool.environments.video_images.licensing import license_asset, list_licences, quote_licence
from spectool.environments.video_images.renditions import convert_video, crop_image
from spectool.environments.video_images.search import find_similar_images, get_asset, search_images, search_videos

VIDEO_IMAGES = Environment(
    "video_images",
    "A stock archive of images and videos with their creators, and one customer's collections, licences and renditions.",
    (
        reads(search_images),
        reads(search_videos),
        reads(get_asset),
        reads(find_similar_images),
        reads(find_creators),
        reads(list_creator_assets),
        reads(summarise_assets),
        reads(list_collections),
        reads(get_collection),
        writes(create_collection),
        writes(add_to_collection),
        reads(quote_licence),
        writes(license_asset),
        reads(list_licences),
        writes(crop_image),
        writes(convert_video),
    ),
)

"""Files made to order: crops of images, conversions of videos."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import conflict, invalid
from spectool.environments.core.signature import Fields
from spectool.environments.core.tables import Row, State
from spectool.environments.video_images.facets import asset
from spectool.environments.video_images.licensing import licences_of

Pixels = Annotated[int, Meta(ge=1, le=20_000)]
# Widths that the presets stand for, in pixels.
PRESETS = {"web": 1200, "thumbnail": 320}
RESOLUTIONS = ("hd", "full_hd", "uhd_4k")


class Box(Fields, frozen=True, kw_only=True):
    """A part of an image, in pixels from its top left corner."""

    left: Annotated[int, Meta(ge=0, le=20_000, description="Pixels that fall away on the left.")] = 0
    top: Annotated[int, Meta(ge=0, le=20_000, description="Pixels that fall away at the top.")] = 0
    width: Annotated[Pixels, Meta(description="Its width in pixels.")]
    height: Annotated[Pixels, Meta(description="Its height in pixels.")]


class Clip(Fields, frozen=True, kw_only=True):
    """A part of a video, in seconds from its start."""

    start_seconds: Annotated[int, Meta(ge=0, le=3600, description="Where it starts.")] = 0
    end_seconds: Annotated[int, Meta(ge=1, le=3600, description="Where it ends.")]


def crop_image(
    state: State,
    *,
    asset_id: str,
    box: Box,
    scale_to: Pixels | Literal["original", "web", "thumbnail"] = "original",
    format: Literal["jpeg", "png", "webp"] = "jpeg",
) -> Row:
    """Have a part of an image cut out and scaled down. The image must be free or licensed.

    Args:
        asset_id: Id of the image, such as IM2003.
        box: The part to keep; it must lie within the image.
        scale_to: Width of the result in pixels, not more than that of the part; or original for no scaling, web for 1200 pixels,
            thumbnail for 320, where the part is wider.
        format: File format of the result.
    """
    row = _usable(state, asset_id, "image")
    if box.left + box.width > row["width"] or box.top + box.height > row["height"]:
        raise invalid(f"expected a box within {row['width']} x {row['height']} pixels, got one that ends beyond")
    width = min(PRESETS.get(scale_to, box.width), box.width) if isinstance(scale_to, str) else scale_to
    if width > box.width:
        raise invalid(f"expected 'scale_to' of at most {box.width}, the width of the box, got '{width}'")
    part = {"left": box.left, "top": box.top, "width": box.width, "height": box.height}
    size = {"width": width, "height": max(1, box.height * width // box.width)}
    return _made(state, {"asset_id": asset_id, "kind": "crop", "format": format, "box": part, **size})


def convert_video(
    state: State,
    *,
    asset_id: str,
    format: Literal["mp4", "webm", "mov"],
    resolution: Literal["original", "hd", "full_hd", "uhd_4k"] = "original",
    clip: Clip | None = None,
    keep_audio: bool = True,
) -> Row:
    """Have a video, or a part of it, converted. The video must be free or licensed.

    Args:
        asset_id: Id of the video, such as VD3005.
        format: File format of the result.
        resolution: Resolution of the result; not higher than that of the video.
        clip: The part to keep. Not given: the whole video.
        keep_audio: false drops the sound.
    """
    row = _usable(state, asset_id, "video")
    wanted = row["resolution"] if resolution == "original" else resolution
    if RESOLUTIONS.index(wanted) > RESOLUTIONS.index(row["resolution"]):
        raise invalid(f"expected a resolution of at most {row['resolution']}, got '{wanted}'")
    start, end = (clip.start_seconds, clip.end_seconds) if clip is not None else (0, row["duration_seconds"])
    if not start < end <= row["duration_seconds"]:
        raise invalid(f"expected a clip that ends after it starts and within {row['duration_seconds']} seconds, got {start} to {end}")
    made = {"start_seconds": start, "end_seconds": end, "has_audio": keep_audio and row["has_audio"]}
    return _made(state, {"asset_id": asset_id, "kind": "conversion", "format": format, "resolution": wanted, **made})


def _usable(state: State, asset_id: str, media: str) -> Row:
    row = asset(state, asset_id)
    if row["media"] != media:
        raise invalid(f"expected the id of one of the {media}s, got '{asset_id}', one of the {row['media']}s")
    if row["usage"] != "free" and not licences_of(state, asset_id):
        raise conflict(f"'{asset_id}' is not free and there is no licence for it")
    return row


def _made(state: State, made: dict[str, Any]) -> Row:
    for row in state["renditions"].rows():
        if {name: value for name, value in row.items() if name != "rendition_id"} == made:
            raise conflict(f"there is that rendition already: '{row['rendition_id']}'")
    id = state.new_id("renditions", "RN", made)
    return state["renditions"].put(id, {"rendition_id": id, **made})

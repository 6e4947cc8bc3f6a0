"""Archive tasks to report."""

from __future__ import annotations

from collections.abc import Callable

from spectool.benchmark.template import Act, Claims, Draws, Either, Hidden, Slots, Solve, Template, either, said
from spectool.benchmark.templates.phrasing import COUNTING, ROOMY, period
from spectool.benchmark.templates.searching import ORDER
from spectool.benchmark.templates.video_images.places import MEDIA, collection_by_list, collection_by_name, creator_of
from spectool.environments.core.tables import Row

FORMATS = {"mp4": ("MP4",), "webm": ("WebM",), "mov": ("MOV", "QuickTime (.mov)")}
RESOLUTIONS = {"hd": ("plain HD",), "full_hd": ("full HD",), "uhd_4k": ("4K",)}
NAMES = ("Lobby screens", "Poster draft", "Spring window", "Pitch deck", "Trailer ideas", "Bookshop", "Winter catalogue", "Side project")


def _intake(draws: Draws) -> Slots:
    media = draws.pick(*MEDIA)
    when = period(draws.number(2022, 2026), draws.pick("first", "second", "Q1", "Q2", "Q3", "Q4"))
    row = draws.row(MEDIA[media], lambda row: when.value["start"] <= row["uploaded"] <= when.value["end"])
    return {"media": said(row["media"], MEDIA[media]), "when": when}


def _taken_in(act: Act, slots: Slots) -> Claims:
    return [str(act(f"search_{MEDIA[slots['media']]}", {"uploaded": slots["when"]}, free=COUNTING)["total"])]


def _bargain(draws: Draws) -> Slots:
    row = draws.row("images", lambda row: row["usage"] != "free")
    width = draws.pick(*(width for width in (2400, 3000, 3500, 4500) if width <= row["width"]))
    usage = {"commercial": ("commercial",), "editorial": ("editorial",)}[row["usage"]]
    shape = {"landscape": ("landscape-format",), "portrait": ("portrait-format", "upright"), "square": ("square",)}[row["orientation"]]
    return {"category": row["category"], "usage": said(row["usage"], *usage), "shape": said(row["orientation"], *shape), "width": width}


def _conditions(slots: Slots) -> dict[str, object]:
    return {"category": slots["category"], "usage": slots["usage"], "orientation": slots["shape"], "min_width": slots["width"]}


def _cheapest_first(act: Act, slots: Slots) -> Claims | None:
    found = act("search_images", {**_conditions(slots), "sort_by": "price_eur", "descending": False}, free=("page_size",))
    return _cheapest(found["assets"])


def _cheapest_seen(act: Act, slots: Slots) -> Claims | None:
    found = act("search_images", {**_conditions(slots), "page_size": ROOMY}, free=ORDER)
    return _cheapest(found["assets"]) if found["total"] <= 10 else None


def _cheapest(assets: list[Row]) -> Claims | None:
    first, second = (*sorted(assets, key=lambda row: row["price_eur"]), None, None)[:2]
    if first is None or second is None or first["price_eur"] == second["price_eur"]:
        return None
    return [first["title"], str(first["price_eur"])]


def _edited_collection(draws: Draws) -> Slots:
    row = draws.row("collections")
    owners = {"archive": ("the archive's collection", "the editors' own collection"), "customer": ("my collection", "my own collection")}
    media = draws.pick(said("both", "item"), said("image", "image"), said("video", "video"))
    return {"collection": row["name"], "owner": said(row["owner"], *owners[row["owner"]]), "media": media}


def _dearest(collection_of: Callable[[Act, str, str], str], look_up: Callable[[Act, Row], str]) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        collection = collection_of(act, slots["collection"], slots["owner"])
        assets = act("get_collection", {"collection_id": collection})["assets"]
        meant = [row for row in assets if slots["media"] in ("both", row["media"])]
        first, second = (*sorted(meant, key=lambda row: -row["price_eur"]), None, None)[:2]
        if first is None or second is None or first["price_eur"] == second["price_eur"]:
            return None
        return [first["title"], look_up(act, first)]

    return solve


def _by_asset(act: Act, asset: Row) -> str:
    return str(act("get_asset", {"asset_id": asset["asset_id"]})["creator"])


def _by_creator(act: Act, asset: Row) -> str:
    return str(act("list_creator_assets", {"creator_id": asset["creator_id"]}, free=("media", "usage", "sort_by"))["name"])


def clip_of(draws: Draws) -> dict[str, object]:
    """A conversion of a free video: the part, the resolution and the format."""
    video = draws.row("videos", lambda row: row["usage"] == "free" and row["duration_seconds"] > 20)
    start = draws.number(2, 10)
    end = draws.number(start + 3, min(video["duration_seconds"] - 1, 95))
    resolution, format = draws.pick(*list(RESOLUTIONS)[: list(RESOLUTIONS).index(video["resolution"]) + 1]), draws.pick(*FORMATS)
    clip = said({"start_seconds": start, "end_seconds": end}, f"the part from second {start} to second {end}", f"seconds {start} to {end}")
    resolutions: Either = either(resolution, "original") if resolution == video["resolution"] else either(resolution)
    return {
        "asset": video["asset_id"],
        "clip": clip,
        "resolution": said(resolutions, *RESOLUTIONS[resolution]),
        "format": said(format, *FORMATS[format]),
        "audible": video["has_audio"],
    }


def _conversion(draws: Draws) -> Slots:
    sound = draws.pick(said(True, "keep the sound if there is any"), said(False, "drop the sound", "leave out the sound"))
    return {**clip_of(draws), "sound": sound}


def _convert(act: Act, slots: Slots) -> Claims:
    order = {"asset_id": slots["asset"], "format": slots["format"], "resolution": slots["resolution"], "clip": slots["clip"]}
    # A silent video has no sound to keep: both come to the same.
    act("convert_video", {**order, "keep_audio": slots["sound"] if slots["audible"] else either(slots["sound"], not slots["sound"])})
    return ()


def _by_list(act: Act, asset: Row) -> str:
    """There are few enough creators to list them all."""
    return next(str(row["name"]) for row in act("find_creators", {})["creators"] if row["creator_id"] == asset["creator_id"])


def _portfolio(draws: Draws) -> Slots:
    media = draws.pick(*MEDIA)
    creator = draws.row("creators", lambda row: 2 <= row[f"{media}_count"] <= 5)["name"]
    return {"creator": creator, "media": said(media, MEDIA[media]), "name": draws.pick(*NAMES)}


def _collect_listed(act: Act, slots: Slots) -> Claims | None:
    query = {"creator_id": creator_of(act, slots["creator"]), "media": either(slots["media"], "both"), "sort_by": "downloads"}
    listed = act("list_creator_assets", query)["assets"]
    return _collect(act, slots, [row for row in listed if row["media"] == slots["media"]])


def _collect_searched(act: Act, slots: Slots) -> Claims | None:
    query = {"creator_id": creator_of(act, slots["creator"]), "sort_by": "downloads", "page_size": ROOMY}
    return _collect(act, slots, act(f"search_{MEDIA[slots['media']]}", query, free=("descending",))["assets"])


def _collect(act: Act, slots: Slots, assets: list[Row]) -> Claims | None:
    if len({row["downloads"] for row in assets}) < len(assets):
        return None
    act("create_collection", {"name": slots["name"], "asset_ids": [row["asset_id"] for row in assets]})
    return ()


def _anything(draws: Draws) -> Slots:
    return {"creator": draws.row("creators")["name"], "asset": draws.row("videos")["asset_id"]}


TEMPLATES = (
    Template(
        name="video_images-intake",
        kind="one_constraint",
        split="test",
        asks=(
            "How many {media} came into the archive {when}?",
            "Tell me the number of {media} that were uploaded {when}.",
            "The intake of {media} {when}: how large was it?",
        ),
        paraphrases=(
            "For the chart in my report I still lack one bar, the {media} you received {when}. How high must I draw it?",
            "Were you busy {when}? I'm asking because of the {media} only; how many of them were added?",
        ),
        draw=_intake,
        solve=(_taken_in,),
        irrelevant=("Uploads made by telephone do not count.", "Only those that arrived before lunch, if you please."),
        together=("How many {media} were uploaded {when}, and how many {media_2} {when_2}?",),
    ),
    Template(
        name="video_images-bargain",
        kind="several_constraints",
        split="test",
        asks=(
            "What is the cheapest {usage} image in the category {category}, {shape} and at least {width} pixels wide? Title and base "
            "price.",
            "I'm looking for a picture, {shape}, from the category {category}, for {usage} use, with {width} pixels or more from left to "
            "right. Name the one with the lowest base price and say how much it is.",
        ),
        paraphrases=(
            "Money is tight. We need one image, {shape}, category {category}, {usage} usage, and the designers want a width of {width} "
            "pixels at least. Which has the lowest base price and what is that price?",
        ),
        draw=_bargain,
        solve=(_cheapest_first, _cheapest_seen),
        irrelevant=("It should look good upside down, too.", "We'd love one that was taken on a Sunday."),
    ),
    Template(
        name="video_images-dearest-of-collection",
        kind="multi_step",
        split="test",
        asks=(
            'In {owner} "{collection}", which {media} has the highest base price, and who made it?',
            'Look through {owner} "{collection}". I want the title of the dearest {media} by base price, and the name of its creator.',
            'Title and creator, please: the most expensive {media} (base price) of those in {owner} "{collection}".',
        ),
        draw=_edited_collection,
        solve=tuple(
            _dearest(find, look_up) for find in (collection_by_name, collection_by_list) for look_up in (_by_asset, _by_creator, _by_list)
        ),
    ),
    Template(
        name="video_images-convert",
        kind="state_changing",
        split="test",
        asks=(
            "Convert {clip} of video {asset} to {format} in {resolution}; {sound}.",
            "I need {asset} as {format}, just {clip}, in {resolution}. And {sound}.",
        ),
        paraphrases=(
            "Our player is picky: it wants {format} and {resolution}. Could you have {asset} made for it, {clip} only? Oh, and {sound}.",
        ),
        draw=_conversion,
        solve=(_convert,),
        hidden={
            "format": Hidden(
                asks=(
                    "Convert {clip} of video {asset}, in {resolution}; {sound}.",
                    "I need {asset} converted, just {clip}, in {resolution}. And {sound}.",
                ),
                asked=("format", "mp4", "webm", "mov", "file", "which"),
                says=("As {format}.", "{format}, please."),
            )
        },
    ),
    Template(
        name="video_images-portfolio-collection",
        kind="state_changing",
        split="test",
        asks=(
            'Make a collection "{name}" out of all {media} by {creator}, the most downloaded first.',
            'All of {creator}\'s {media} should go into a new collection named "{name}", in the order of their downloads from most to '
            "fewest.",
        ),
        draw=_portfolio,
        solve=(_collect_listed, _collect_searched),
        hidden={
            "creator": Hidden(
                asks=('Make a collection "{name}" out of all {media} by that photographer from the fair, the most downloaded first.',),
                asked=("creator", "who", "name", "photographer", "which", "whose"),
                says=("It was {creator}.", "{creator}."),
            )
        },
    ),
    Template(
        name="video_images-unrelated-test",
        kind="unrelated_request",
        split="test",
        asks=(
            "Dub {asset} into Portuguese with a female voice.",
            "Invite {creator} to dinner on Saturday at eight.",
            "Transfer last month's fees to the bank account of {creator}.",
            "Add subtitles to {asset} and put it on my television.",
        ),
        draw=_anything,
    ),
)

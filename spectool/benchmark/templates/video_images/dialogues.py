"""Conversations with the archive."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Dialogue, Draws, Hidden, Slots, Solve, Stage, either, said
from spectool.benchmark.templates.video_images.held_out import NAMES, clip_of
from spectool.benchmark.templates.video_images.places import (
    PICTURE_ASKED,
    a_licence,
    a_part,
    an_asset,
    collection_by_list,
    collection_by_name,
    in_words,
    seats_said,
)
from spectool.benchmark.templates.video_images.val import FORMATS, SCALES


def _two_sizes(draws: Draws) -> Slots:
    row = an_asset(draws, "commercial")
    few, many = sorted(draws.rng.sample(range(1, 13), 2))
    return {"asset": row["asset_id"], "licence": a_licence(draws, row), "seats": seats_said(few), "more": seats_said(many)}


def _quote(place: str) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims:
        order = {"asset_id": slots["asset"], "licence": slots["licence"], "seats": slots[place]}
        return [str(act("quote_licence", order)["price_eur"])]

    return solve


def _buy(act: Act, slots: Slots) -> Claims:
    act("license_asset", {"asset_id": slots["asset"], "licence": slots["licence"], "seats": slots["more"]})
    return ()


def _two_for_collection(draws: Draws) -> Slots:
    collection = draws.row("collections", lambda row: row["owner"] == "customer")
    asset, other = (row["asset_id"] for row in draws.rows(draws.pick("images", "videos"), 2))
    return {"collection": collection["name"], "collection_id": collection["collection_id"], "asset": asset, "other": other}


def _add_by_name(act: Act, slots: Slots) -> Claims:
    return _add(act, collection_by_name(act, slots["collection"], "customer"), slots["asset"])


def _add_by_list(act: Act, slots: Slots) -> Claims:
    return _add(act, collection_by_list(act, slots["collection"], "customer"), slots["asset"])


def _add_other(act: Act, slots: Slots) -> Claims:
    return _add(act, slots["collection_id"], slots["other"])


def _add(act: Act, collection_id: str, asset_id: str) -> Claims:
    act("add_to_collection", {"collection_id": collection_id, "asset_ids": [asset_id]})
    return ()


def _cut_twice(draws: Draws) -> Slots:
    image = draws.row("images", lambda row: row["usage"] == "free")
    first, second = draws.rng.sample(list(FORMATS), 2)
    values, words = SCALES[draws.pick(*SCALES)]
    formats = {"format": said(first, *FORMATS[first]), "other": said(second, *FORMATS[second])}
    return {"asset": image["asset_id"], "part": in_words(a_part(draws, image)), "scale": said(values, *words), **formats}


def _crop(place: str) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims:
        size = {"box": slots["part"], "scale_to": either(*slots["scale"])}
        act("crop_image", {"asset_id": slots["asset"], **size, "format": slots[place]})
        return ()

    return solve


def _two_clips(draws: Draws) -> Slots:
    slots = clip_of(draws)
    clip = slots["clip"].value  # type: ignore[attr-defined]
    later = {"start_seconds": clip["start_seconds"] + 1, "end_seconds": clip["end_seconds"] + 1}
    return {**slots, "later": said(later, "seconds {start_seconds} to {end_seconds}".format(**later))}


def _convert(place: str) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims:
        order = {"asset_id": slots["asset"], "format": slots["format"], "resolution": slots["resolution"], "clip": slots[place]}
        act("convert_video", {**order, "keep_audio": True if slots["audible"] else either(True, False)})
        return ()

    return solve


def _pair(draws: Draws) -> Slots:
    usage = draws.pick("free", "commercial", "editorial")
    asset, other = (row["asset_id"] for row in draws.rows(draws.pick("images", "videos"), 2))
    return {"asset": asset, "other": other, "usage": usage, "name": draws.pick(*NAMES)}


def _alike(narrowed: bool) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        query = {"asset_id": slots["asset"], **({"usage": slots["usage"]} if narrowed else {})}
        images = act("find_similar_images", query, free=("limit",))["images"]
        return [images[0]["title"]] if len(images) > 1 and images[0]["score"] > images[1]["score"] else None

    return solve


def _collect(act: Act, slots: Slots) -> Claims:
    act("create_collection", {"name": slots["name"], "asset_ids": [slots["asset"], slots["other"]]})
    return ()


DIALOGUES = (
    Dialogue(
        name="video_images-quote-more-and-buy",
        split="dev",
        traits=("reveals", "changes_mind"),
        draw=_two_sizes,
        stages=(
            Stage(
                asks=("What would the {licence} licence for {asset} cost if it is for {seats}?",),
                hidden={
                    "asset": Hidden(
                        asks=(
                            "What would the {licence} licence for the file on my desk cost us, for {seats}?",
                            "We are interested in the clip or picture that my boss liked, {licence} licence, for {seats}. The price?",
                        ),
                        asked=(*PICTURE_ASKED, "clip", "video"),
                        says=("The id is {asset}.", "It's {asset}."),
                    )
                },
                solve=(_quote("seats"),),
            ),
            Stage(asks=("Hold on, the team has grown: make that a price for {more}.",), solve=(_quote("more"),)),
            Stage(asks=("All right, buy it like that.",), solve=(_buy,)),
        ),
    ),
    Dialogue(
        name="video_images-two-into-collection",
        split="dev",
        traits=("reveals", "irrelevant_detail"),
        draw=_two_for_collection,
        stages=(
            Stage(
                asks=('Add {asset} to my collection "{collection}".',),
                hidden={
                    "collection": Hidden(
                        asks=("Add {asset} to one of my collections, please.", "I'd like {asset} in a collection of mine."),
                        asked=("collection", "which", "name", "where"),
                        says=('To "{collection}".', 'The collection is called "{collection}".'),
                    )
                },
                solve=(_add_by_name, _add_by_list),
            ),
            Stage(
                asks=("Now {other} as well, to the same one. It will go on the back, on rough paper, with my dog's name below.",),
                solve=(_add_other,),
            ),
        ),
    ),
    Dialogue(
        name="video_images-cut-in-another-format",
        split="val",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_cut_twice,
        stages=(
            Stage(
                asks=("Cut a part out of {asset}: {part}. Make it {scale}, as {format}.",),
                hidden={
                    "part": Hidden(
                        asks=("I need a crop of {asset}, {scale}, as {format}. It's for my grandmother's ninetieth.",),
                        asked=("part", "area", "box", "where", "which", "size", "pixels", "width"),
                        says=("The part is {part}.",),
                    )
                },
                solve=(_crop("format"),),
            ),
            Stage(
                asks=("Sorry, her tablet cannot open that. Make me another one of the same part and size, but as {other}.",),
                solve=(_crop("other"),),
            ),
        ),
    ),
    Dialogue(
        name="video_images-convert-another-part",
        split="test",
        traits=("reveals", "changes_mind"),
        draw=_two_clips,
        stages=(
            Stage(
                asks=("Convert {clip} of {asset} to {format}, in {resolution}, and leave the sound as it is.",),
                hidden={
                    "format": Hidden(
                        asks=("Have {clip} of {asset} converted, in {resolution}, and leave the sound as it is.",),
                        asked=("format", "mp4", "webm", "mov", "file", "which"),
                        says=("I want {format}.", "{format}."),
                    )
                },
                solve=(_convert("clip"),),
            ),
            Stage(
                asks=("I was one second off. Please make another one with {later}, everything else as before.",),
                solve=(_convert("later"),),
            ),
        ),
    ),
    Dialogue(
        name="video_images-alike-then-collect",
        split="test",
        traits=("reveals", "changes_mind", "irrelevant_detail"),
        draw=_pair,
        stages=(
            Stage(asks=("Which image in the archive is most similar to {asset}? The title, please.",), solve=(_alike(False),)),
            Stage(
                asks=("I should have said that I only want {usage} ones. My aunt, who paints, is strict about that. Which is it then?",),
                solve=(_alike(True),),
            ),
            Stage(
                asks=('Nice. Now put {asset} and {other}, which I found by myself, in that order into a new collection called "{name}".',),
                hidden={
                    "name": Hidden(
                        asks=("Nice. Now put {asset} and {other}, which I found by myself, in that order into a new collection.",),
                        asked=("name", "called", "call", "title", "collection"),
                        says=('Call it "{name}".', 'The name is "{name}".'),
                    )
                },
                solve=(_collect,),
            ),
        ),
    ),
)

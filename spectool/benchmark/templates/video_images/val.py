"""Archive tasks to choose by."""

from __future__ import annotations

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Template, either, said
from spectool.benchmark.templates.phrasing import COUNTING
from spectool.benchmark.templates.video_images.places import PICTURE_ASKED, a_part, in_words, titled

# A size to scale to, what may be given for it if the part is at least 1200 pixels wide, and how it is said.
SCALES = {
    "thumbnail": (("thumbnail", 320), ("scaled down to a thumbnail", "thumbnail-sized")),
    "web": (("web", 1200), ("scaled down to web size", "reduced to web size")),
    "800": ((800,), ("scaled down to a width of 800 pixels", "shrunk until it is 800 pixels wide")),
    "1000": ((1000,), ("scaled down to 1000 pixels in width",)),
}
FORMATS = {"jpeg": ("JPEG", "a JPEG file"), "png": ("PNG", "a PNG file"), "webp": ("WebP", "a WebP file")}


def _held(draws: Draws) -> Slots:
    return {"asset": draws.row(draws.pick("images", "videos"))["asset_id"]}


def _holders(act: Act, slots: Slots) -> Claims | None:
    found = act("list_collections", {"asset_id": slots["asset"]})
    return [row["name"] for row in found["collections"]] if 1 <= found["total"] <= 3 else None


def _look(draws: Draws) -> Slots:
    row = draws.row("images")
    people = said(True, "show people", "have somebody in them") if row["people"] else said(False, "show no people", "have nobody in them")
    width = draws.pick(*(width for width in (2000, 3000, 4000, 5000) if width <= row["width"]))
    return {"orientation": row["orientation"], "category": row["category"], "people": people, "width": width}


def _number_of_looks(act: Act, slots: Slots) -> Claims:
    query = {
        "orientation": slots["orientation"],
        "category": slots["category"],
        "with_people": slots["people"],
        "min_width": slots["width"],
    }
    return [str(act("search_images", query, free=COUNTING)["total"])]


def _model(draws: Draws) -> Slots:
    row = draws.row(draws.pick("images", "videos"))
    words = {"free": "free", "commercial": "commercial", "editorial": "editorial"}
    usage = draws.pick(*words)
    return {"title": row["title"], "medium": row["media"], "usage": said(usage, words[usage])}


def _most_alike(act: Act, slots: Slots) -> Claims | None:
    asset = titled(act, slots["medium"], slots["title"])
    if asset is None:
        return None
    images = act("find_similar_images", {"asset_id": asset, "usage": slots["usage"]}, free=("limit",))["images"]
    if len(images) < 2 or images[0]["score"] == images[1]["score"]:
        return None
    return [images[0]["title"]]


def _cut(draws: Draws) -> Slots:
    image = draws.row("images", lambda row: row["usage"] == "free")
    scale, format = draws.pick(*SCALES), draws.pick(*FORMATS)
    values, words = SCALES[scale]
    part = in_words(a_part(draws, image))
    return {"asset": image["asset_id"], "part": part, "scale": said(values, *words), "format": said(format, *FORMATS[format])}


def _crop(act: Act, slots: Slots) -> Claims:
    order = {"asset_id": slots["asset"], "box": slots["part"], "scale_to": either(*slots["scale"]), "format": slots["format"]}
    act("crop_image", order)
    return ()


TEMPLATES = (
    Template(
        name="video_images-collections-with",
        kind="one_constraint",
        split="val",
        asks=(
            "Which collections is {asset} in?",
            "Name all collections that contain {asset}.",
            "Where do we find {asset}: in what collections?",
        ),
        paraphrases=("I'd hate to show {asset} twice. So before I pick it, which collections have got it already?",),
        draw=_held,
        solve=(_holders,),
        hidden={
            "asset": Hidden(
                asks=("Which collections is that file in?", "Name all collections that contain the file my intern sent."),
                asked=PICTURE_ASKED,
                says=("It's {asset}.", "{asset}."),
            )
        },
        irrelevant=("Collections that were printed as a book do not matter.", "I mean those that were put together by a woman."),
        together=("Which collections is {asset} in, and which ones hold {asset_2}?",),
    ),
    Template(
        name="video_images-number-of-looks",
        kind="several_constraints",
        split="val",
        asks=(
            "In the category {category}, how many images in {orientation} format {people} and are at least {width} pixels wide?",
            "Number of pictures, please: category {category}, {orientation} orientation, {width} pixels or more in width, counting only "
            "those that {people}.",
        ),
        paraphrases=(
            "Our printer insists on {width} pixels of width at least. With that in mind, and {orientation} orientation only, how much "
            "choice is there in the category {category} if we want images that {people}?",
        ),
        draw=_look,
        solve=(_number_of_looks,),
        irrelevant=("There should be some empty room for a headline.", "Pictures that won a prize should be left out."),
    ),
    Template(
        name="video_images-most-alike",
        kind="multi_step",
        split="val",
        asks=(
            'Which {usage} image is most similar to the {medium} "{title}"? I need its title.',
            'Find the {usage} still that comes closest to the {medium} called "{title}", and give me the name of what you find.',
        ),
        draw=_model,
        solve=(_most_alike,),
    ),
    Template(
        name="video_images-cut-out",
        kind="state_changing",
        split="val",
        asks=(
            "Cut a part out of {asset}: {part}. I want it {scale}, as {format}.",
            "From image {asset} I need this part: {part}. The result should be {scale} and come as {format}.",
        ),
        draw=_cut,
        solve=(_crop,),
        hidden={
            "part": Hidden(
                asks=(
                    "Cut a part out of {asset} for me. I want it {scale}, as {format}.",
                    "I'd like {asset} cropped, and the result {scale}, as {format}.",
                ),
                asked=("part", "area", "box", "where", "which", "size", "pixels", "width"),
                says=("The part that is {part}.",),
            )
        },
    ),
    Template(
        name="video_images-unrelated-val",
        kind="unrelated_request",
        split="val",
        asks=(
            "Find me a lawyer to sue the people who stole {asset} from us.",
            "Frame {asset} and deliver it to our office by Thursday.",
            "Hang {asset} in our lobby and have it lit from below.",
            "Have {asset} woven into a carpet, two metres by three.",
        ),
        draw=_held,
    ),
)

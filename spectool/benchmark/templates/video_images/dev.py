"""Archive tasks to synthesise from."""

from __future__ import annotations

from collections.abc import Callable

from spectool.benchmark.template import Act, Claims, Draws, Hidden, Slots, Solve, Template, said
from spectool.benchmark.templates.phrasing import COUNTING, number_said
from spectool.benchmark.templates.video_images.places import (
    CATEGORIES,
    MEDIA,
    a_licence,
    an_asset,
    collection_by_list,
    collection_by_name,
    creator_of,
    holding,
    seats_said,
    titled,
)

LENGTHS = {
    15: ("15 seconds",),
    30: ("half a minute", "30 seconds"),
    45: ("45 seconds",),
    60: ("one minute", "60 seconds"),
    90: ("a minute and a half",),
    120: ("two minutes",),
}
LICENCE_ASKED = ("licence", "license", "kind", "type", "web", "print", "extended", "use")


def _tag(draws: Draws) -> Slots:
    return {"tag": draws.pick(*draws.row("images")["tags"])}


def _tagged(act: Act, slots: Slots) -> Claims:
    return [str(act("search_images", {"tags": [slots["tag"]]}, free=COUNTING)["total"])]


def _footage(draws: Draws) -> Slots:
    row = draws.row("videos", lambda row: row["duration_seconds"] > 15)
    seconds = draws.pick(*(length for length in LENGTHS if length <= row["duration_seconds"]))
    sound = said(True, "with sound", "that have a sound track") if row["has_audio"] else said(False, "without sound", "that are silent")
    return {"category": row["category"], "sound": sound, "least": said(seconds, *LENGTHS[seconds])}


def _favourite_footage(act: Act, slots: Slots) -> Claims | None:
    query = {"category": slots["category"], "has_audio": slots["sound"], "duration": {"at_least": slots["least"]}}
    found = act("search_videos", {**query, "sort_by": "downloads", "descending": True}, free=("page_size",))
    return [found["assets"][0]["title"]] if found["total"] > 1 else None


def _creator(draws: Draws) -> Slots:
    medium = draws.pick(*MEDIA)
    usage = draws.pick("free", "commercial", "editorial")
    words = {"free": "free", "commercial": "commercial-use", "editorial": "editorial"}[usage]
    return {"creator": draws.row("creators")["name"], "media": said(medium, MEDIA[medium]), "usage": said(usage, words)}


def _downloads_listed(act: Act, slots: Slots) -> Claims | None:
    query = {"creator_id": creator_of(act, slots["creator"]), "media": slots["media"], "usage": slots["usage"]}
    found = act("list_creator_assets", query, free=("sort_by",))
    return [str(found["downloads"])] if found["total"] else None


def _downloads_summed(act: Act, slots: Slots) -> Claims | None:
    creator = creator_of(act, slots["creator"])
    groups = act("summarise_assets", {"media": slots["media"], "group_by": "creator_id", "usage": slots["usage"]})["groups"]
    return next(([str(each["downloads"])] for each in groups if each["creator_id"] == creator), None)


def _purchase(draws: Draws) -> Slots:
    row = an_asset(draws, "commercial", "editorial")
    return {"asset": row["asset_id"], "licence": a_licence(draws, row), "seats": seats_said(draws.number(1, 12))}


def _buy(act: Act, slots: Slots) -> Claims:
    return [str(act("license_asset", {"asset_id": slots["asset"], "licence": slots["licence"], "seats": slots["seats"]})["price_eur"])]


def _newest_for_collection(draws: Draws) -> Slots:
    collection = draws.row("collections", lambda row: row["owner"] == "customer")["name"]
    usage = draws.pick(said("free", "free"), said("commercial", "commercial"), said("editorial", "editorial"))
    return {"count": number_said(draws.number(2, 3)), "usage": usage, "category": draws.pick(*CATEGORIES), "collection": collection}


def _add_newest(collection_of: Callable[[Act, str, str], str], one_by_one: bool = False) -> Solve:
    def solve(act: Act, slots: Slots) -> Claims | None:
        count = slots["count"]
        query = {"category": slots["category"], "usage": slots["usage"], "sort_by": "uploaded", "descending": True}
        found = act("search_images", {**query, "page_size": holding(count)})["assets"]
        if len(found) < count or len({row["uploaded"] for row in found[: count + 1]}) < min(len(found), count + 1):
            return None
        collection = collection_of(act, slots["collection"], "customer")
        ids = [row["asset_id"] for row in found[:count]]
        for added in [[id] for id in ids] if one_by_one else [ids]:
            act("add_to_collection", {"collection_id": collection, "asset_ids": added})
        return ()

    return solve


def _titled_purchase(draws: Draws) -> Slots:
    row = an_asset(draws, "commercial", "editorial")
    seats = seats_said(draws.number(1, 12))
    return {"title": row["title"], "medium": row["media"], "licence": a_licence(draws, row), "seats": seats}


def _quote(act: Act, slots: Slots) -> Claims | None:
    asset = titled(act, slots["medium"], slots["title"])
    if asset is None:
        return None
    return [str(act("quote_licence", {"asset_id": asset, "licence": slots["licence"], "seats": slots["seats"]})["price_eur"])]


def _creator_and_title(draws: Draws) -> Slots:
    return {"creator": draws.row("creators")["name"], "title": draws.row("images")["title"]}


TEMPLATES = (
    Template(
        name="video_images-tag-count",
        kind="one_constraint",
        split="dev",
        asks=(
            "How many still images carry the tag {tag}?",
            'Count the pictures tagged "{tag}" in the archive.',
            "I need the number of images with {tag} among their tags.",
        ),
        paraphrases=(
            "We are thinking of a calendar around the tag {tag}, stills only. Is there enough material? A number will do.",
            "Somebody in our team claims that hardly any photograph here is tagged {tag}. What's the figure?",
        ),
        draw=_tag,
        solve=(_tagged,),
        hidden={
            "tag": Hidden(
                asks=("How many still images carry the tag from my note?", "Count the pictures with that one tag, you know which."),
                asked=("tag", "which", "what", "word"),
                says=("The tag is {tag}.", "{tag}."),
            )
        },
        irrelevant=(
            "Those that have hung in a gallery do not count.",
            "Only the ones taken with an analogue camera, please.",
            "Leave out whatever was retouched afterwards.",
        ),
        together=("Two numbers, please: images tagged {tag}, and images tagged {tag_2}.",),
    ),
    Template(
        name="video_images-favourite-footage",
        kind="several_constraints",
        split="dev",
        asks=(
            "Among the videos {sound} in the category {category}, none shorter than {least}, which one has been downloaded most? Its "
            "title.",
            "Title of the video with the most downloads, please: category {category}, only those {sound}, and at least {least} long.",
            "I want what others want. Take the {category} videos {sound}, drop all below {least}, and tell me what the most downloaded one "
            "of the rest is called.",
        ),
        paraphrases=(
            "For an evening at the club we need footage, category {category}, nothing below {least}, only clips {sound}. What is the "
            "crowd's favourite by downloads? The title is enough.",
            "Our editor trusts the masses. She asks for the title of the clip with most downloads; it has to be of the category "
            "{category}, last {least} at the very least, and come from those {sound}.",
        ),
        draw=_footage,
        solve=(_favourite_footage,),
        irrelevant=(
            "The camera should have stood on a tripod.",
            "If there's a narrator in it, pass it over.",
            "It must never have been shown on television.",
        ),
    ),
    Template(
        name="video_images-creator-downloads",
        kind="multi_step",
        split="dev",
        asks=(
            "How many downloads have all {usage} {media} by {creator} had together?",
            "Add up the downloads of {creator}'s {media}, only the {usage} ones.",
            "{creator} is one of your creators. I'd like the sum of downloads over the {usage} {media} in that portfolio.",
        ),
        paraphrases=(
            "I'm preparing a talk on {creator} and want one impressive figure: all downloads that this artist's {usage} {media} have had "
            "so far, taken together.",
        ),
        draw=_creator,
        solve=(_downloads_listed, _downloads_summed),
        hidden={
            "creator": Hidden(
                asks=("How many downloads have all {usage} {media} of my favourite creator had together?",),
                asked=("creator", "who", "name", "photographer", "which", "film", "whose"),
                says=("That would be {creator}.", "{creator}."),
            )
        },
        irrelevant=("Downloads by schools should not go into it.", "Do not count anything shot before breakfast."),
    ),
    Template(
        name="video_images-buy-licence",
        kind="state_changing",
        split="dev",
        asks=(
            "Buy the {licence} licence for {asset}, to be used by {seats}, and tell me the price.",
            "Please license {asset} for us: licence {licence}, users: {seats}. What did it cost?",
            "{asset} it is. Get the {licence} licence for {seats} and let me know what is charged.",
        ),
        paraphrases=(
            "The board has said yes to {asset}. So go ahead and purchase it; we want the {licence} licence, good for {seats}. I have to "
            "report the amount.",
        ),
        draw=_purchase,
        solve=(_buy,),
        hidden={
            "licence": Hidden(
                asks=("Buy a licence for {asset}, to be used by {seats}.", "{asset} it is: get it licensed for us, users: {seats}."),
                asked=LICENCE_ASKED,
                says=("The {licence} licence.", "The {licence} one, please."),
            )
        },
        irrelevant=("The invoice should have our blue logo on it.", "Let the seller know that we loved it."),
        together=(
            "Buy two licences: {licence} for {asset}, used by {seats}, and {licence_2} for {asset_2}, used by {seats_2}. I need both "
            "prices.",
        ),
        mode="required",
    ),
    Template(
        name="video_images-newest-into-collection",
        kind="state_changing",
        split="dev",
        asks=(
            'Put the {count} newest {usage} images from the category {category} into my collection "{collection}", the newest first.',
            'My collection "{collection}" needs fresh material: add the latest {count} {usage} images of the category '
            "{category}, most recent one first.",
            "Which {usage} images of the category {category} came in last? Take {count} of them, from the most recent backwards, and "
            'append them in that order to "{collection}", a collection of mine.',
        ),
        draw=_newest_for_collection,
        solve=tuple(_add_newest(find, one_by_one) for one_by_one in (False, True) for find in (collection_by_name, collection_by_list)),
        irrelevant=("Give each a caption in French.", "Tell my assistant once it is done."),
    ),
    Template(
        name="video_images-quote-by-title",
        kind="multi_step",
        split="dev",
        asks=(
            'What would the {licence} licence for the {medium} "{title}" cost for {seats}?',
            'I do not buy anything yet. Just quote me the {medium} "{title}": {licence} licence, {seats}.',
            'How much do you charge {seats} for using the {medium} called "{title}" under the {licence} licence?',
        ),
        paraphrases=(
            'There is this {medium}, "{title}", that I cannot get out of my head. Before I ask my boss: what is the damage for {seats} if '
            "we take the {licence} licence?",
        ),
        draw=_titled_purchase,
        solve=(_quote,),
        hidden={
            "title": Hidden(
                asks=("What would the {licence} licence for that {medium} we saw on Monday cost for {seats}?",),
                asked=("title", "which", "id", "name", "called", "image", "video"),
                says=('It is called "{title}".', "{title}."),
            )
        },
    ),
    Template(
        name="video_images-unrelated",
        kind="unrelated_request",
        split="dev",
        asks=(
            'Ask {creator} to photograph our wedding in June, in the mood of "{title}".',
            'Print "{title}" on canvas, 60 by 40 centimetres, and have {creator} sign it.',
            'Book {creator} for a day of shooting something like "{title}" on location.',
            'Upload the forty photographs from my phone and sell them next to "{title}" under the name {creator}.',
            'Insure the original print of "{title}" for its trip to the show that {creator} opens.',
            'Send {creator} five hundred euros as a thank-you for "{title}".',
            'Get my daughter a place in a course where {creator} teaches how to take something like "{title}".',
        ),
        draw=_creator_and_title,
    ),
)

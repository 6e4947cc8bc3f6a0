"""Collections of assets: the archive's own, and those of the customer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

from spectool.environments.core.errors import conflict, invalid, not_found
from spectool.environments.core.tables import Row, State
from spectool.environments.parts.wording import fold
from spectool.environments.video_images.facets import asset, brief

MAX_ASSETS = 10
AssetIds = Annotated[list[str], Meta(min_length=1, max_length=MAX_ASSETS)]


def list_collections(
    state: State, *, owner: Literal["archive", "customer"] | None = None, name: str | None = None, asset_id: str | None = None
) -> Mapping[str, Any]:
    """Collections of images and videos, with how many each holds. All conditions given must hold.

    Args:
        owner: archive: put together by the archive's editors; customer: the user's own. Not given: both.
        name: Name of the collection or a part of it, without regard to case.
        asset_id: Only collections that hold this image or video.
    """
    wanted = fold(name) if name else ""
    found = [
        {**{key: row[key] for key in ("collection_id", "name", "owner")}, "assets": len(row["asset_ids"])}
        for row in state["collections"].rows()
        if (owner is None or row["owner"] == owner)
        and (asset_id is None or asset_id in row["asset_ids"])
        and (not wanted or wanted in fold(row["name"]))
    ]
    return {"collections": found, "total": len(found)}


def get_collection(state: State, *, collection_id: str) -> Mapping[str, Any]:
    """One collection with its images and videos, in their order.

    Args:
        collection_id: Id of the collection, such as CL401.
    """
    row = _collection(state, collection_id)
    listed = [brief(asset(state, id)) for id in row["asset_ids"]]
    return {"collection_id": collection_id, "name": row["name"], "owner": row["owner"], "assets": listed}


def create_collection(state: State, *, name: Annotated[str, Meta(min_length=1, max_length=60)], asset_ids: AssetIds) -> Row:
    """Make a collection of the user's own.

    Args:
        name: Name of the collection, as the user says it; no other collection of the user may have it.
        asset_ids: Ids of the images and videos, such as IM2003 or VD3005, in the order wanted; ten at most.
    """
    if any(row["owner"] == "customer" and fold(row["name"]) == fold(name) for row in state["collections"].rows()):
        raise conflict(f"the user has a collection '{name[:80]}' already")
    _check(state, asset_ids, [])
    id = state.new_id("collections", "CL", name, asset_ids)
    return state["collections"].put(id, {"collection_id": id, "name": name, "owner": "customer", "asset_ids": asset_ids})


def add_to_collection(state: State, *, collection_id: str, asset_ids: AssetIds) -> Row:
    """Add images or videos to the end of one of the user's own collections, which hold ten at most.

    Args:
        collection_id: Id of a collection of the user, such as CL417.
        asset_ids: Ids of the images and videos, such as IM2003 or VD3005; none may be in the collection already.
    """
    row = _collection(state, collection_id)
    if row["owner"] != "customer":
        raise conflict(f"collection '{collection_id}' is the archive's own and cannot be changed")
    _check(state, asset_ids, row["asset_ids"])
    return state["collections"].put(collection_id, {**row, "asset_ids": [*row["asset_ids"], *asset_ids]})


def _collection(state: State, collection_id: str) -> Row:
    row = state["collections"].get(collection_id)
    if row is None:
        raise not_found("collection", collection_id)
    return row


def _check(state: State, added: list[str], present: list[str]) -> None:
    for position, id in enumerate(added):
        asset(state, id)
        if id in present:
            raise conflict(f"asset '{id}' is in the collection already")
        if id in added[:position]:
            raise invalid(f"expected each asset once, got '{id}' twice")
    if len(present) + len(added) > MAX_ASSETS:
        raise conflict(f"a collection holds {MAX_ASSETS} assets, and these would make {len(present) + len(added)}")

"""What a report calls its models: by their names, and with the folder where several folders hold a model of one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from spectool.results.tables import rows

# Fields of the library's structs that hold keys.
_KEYS = ("examples", "evidence")


def name_apart(cursor: Any, folders: Sequence[Path]) -> dict[str, str]:
    """Makes the models of ``cursor``'s view ``trajectories`` different where one name stands in several folders.

    All that is counted from then on is counted apart: a model before and after training is two models. Returns what each was called.
    """
    found = rows(cursor, "SELECT DISTINCT result, coalesce(model, '') AS model FROM trajectories ORDER BY result, model")
    times = Counter(each["model"] for each in found)
    again = [each for each in found if times[each["model"]] > 1]
    if not again:
        return {}
    labels = {f"{each['model']} ({folders[each['result']]})".strip(): each for each in again}
    cursor.execute("CREATE TEMP TABLE report_names (result INTEGER, model VARCHAR, label VARCHAR)")
    cursor.executemany(
        "INSERT INTO report_names VALUES (?, ?, ?)",
        [(each["result"], each["model"], label) for label, each in labels.items()],
    )
    cursor.execute("ALTER VIEW trajectories RENAME TO trajectories_as_named")
    cursor.execute(
        """CREATE TEMP VIEW trajectories AS SELECT t.* REPLACE (coalesce(n.label, t.model) AS model)
        FROM trajectories_as_named t LEFT JOIN report_names n ON n.result = t.result AND n.model = coalesce(t.model, '')"""
    )
    return {label: each["model"] for label, each in labels.items()}


def own_keys(value: Any) -> Any:
    """``value``, a struct of structs, with its keys as they are in the folders themselves, without the folder's place in front."""
    if isinstance(value, tuple):
        return tuple(own_keys(each) for each in value)
    if not isinstance(value, msgspec.Struct):
        return value
    fields = {name: getattr(value, name) for name in value.__struct_fields__}
    keys = {name: tuple(key.partition(":")[2] for key in fields[name]) for name in _KEYS if name in fields}
    inner = {name: own_keys(each) for name, each in fields.items() if name not in keys and isinstance(each, tuple | msgspec.Struct)}
    return msgspec.structs.replace(value, **inner, **keys)

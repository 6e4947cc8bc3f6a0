"""Labels as Inspect Scout's validation file: one row a trajectory, ``id`` and ``label_<pattern>`` with true or false.

Scout reads a missing ``label_`` value as true, so only trajectories are written whose every column is answered: what was not looked at is
left out, not called absent. Places, subtypes and history have no column; JSON lines keep them. Scout leaves the columns ``annotator`` and
``comment`` alone; text in them that a spreadsheet would run as a formula begins with an apostrophe, which is taken away on the way in.

Source: inspect_scout 0.6.2, ``_validation/validation.py``.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from spectool.classify.strict_yaml import TaxonomyError
from spectool.classify.taxonomy import load
from spectool.model import Rejected
from spectool.read.record import quoted
from spectool.results.labels_answers import Answered, asked
from spectool.results.labels_file import LabelsError

PREFIXES = ("label_", "target_")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
# What pandas, with which Scout reads, takes for a missing value.
_MISSING = frozenset(
    {
        *("", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN"),
        *("<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null"),
    }
)
_ANSWERS = {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}
_HEAD_CHARACTERS = 200


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a file: whom it answers about, by the file's own ``id``; ``line`` where it ends."""

    id: str
    line: int
    answers: Mapping[str, bool]
    annotator: str = ""
    comment: str = ""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A file as read: its rows, the bad ones, and the columns that name no pattern of ours."""

    rows: tuple[Row, ...]
    rejected: tuple[Rejected, ...]
    unknown: tuple[str, ...]


def write_scout(answers: Iterable[Answered], names: Mapping[str, str], patterns: Sequence[str] = ()) -> tuple[bytes, list[str]]:
    """The file, and the reasons why trajectories were left out, one each.

    Args:
        answers: of one person.
        names: what Scout calls each trajectory, by key.
        patterns: the columns; none are the patterns that a finished trajectory answers.
    """
    columns, answers = tuple(dict.fromkeys(patterns)) or asked(), list(answers)
    numbers = _become_numbers([names.get(each.key, "") for each in answers])
    text, left_out = io.StringIO(newline=""), []
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *(f"label_{code}" for code in columns), "annotator", "comment"])
    for each in answers:
        if problem := _unfit(each, "" if numbers else names.get(each.key, ""), columns):
            left_out.append(f"{each.key}: {problem}")
            continue
        values = (str(each.answers[code]).lower() for code in columns)
        writer.writerow([names[each.key], *values, _guarded(each.annotator), _guarded(each.comment)])
    return text.getvalue().encode(), left_out


def _unfit(each: Answered, name: str, columns: Sequence[str]) -> str:
    """Why a trajectory has no row; empty: it has one. An empty ``name`` is one that would be read as a number."""
    if missing := [code for code in columns if code not in each.answers]:
        return f"not finished: {', '.join(missing[:3])}{' and more' if len(missing) > 3 else ''}"
    if name in _MISSING or name != name.strip() or "," in name or name.startswith((*_FORMULA, "[")) or not name.isprintable():
        return f"Scout or a spreadsheet would misread the id{f' {quoted(name)}' if name else ', a number'}"
    return ""


def _become_numbers(names: Sequence[str]) -> bool:
    """Whether pandas would take all these ids for numbers, and not write each as it was."""
    try:
        return [float(name) for name in names] != [] and any(not name.isdecimal() or str(int(name)) != name for name in names)
    except ValueError:
        return False


def _guarded(text: str) -> str:
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def read_scout(path: Path, pattern: str = "") -> Table:
    """A validation file, with columns ``label_*``, ``target_*`` or, of one ``pattern``, ``target``.

    Raises:
        LabelsError: it is no such file, or no column of it names a pattern of ours.
        OSError: it can not be read.
    """
    try:
        reader = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
        columns = _columns(path, header, pattern)
        rows, rejected = [], []
        for cells in filter(None, reader):
            try:
                rows.append(_row(dict(zip(header, _counted(cells, header), strict=True)), columns, reader.line_num))
            except LabelsError as error:
                reason, head = f"{path.name}:{reader.line_num}: {error}", ",".join(cells)[:_HEAD_CHARACTERS]
                rejected.append(Rejected(source=path.name, line=reader.line_num, reason=reason, head=head))
    except (UnicodeDecodeError, csv.Error) as error:
        raise LabelsError(f"{path.name}: no CSV in UTF-8: {error}") from None
    unknown = tuple(name for name in header if name.startswith(PREFIXES) and name not in columns)
    return Table(rows=tuple(rows), rejected=tuple(rejected), unknown=unknown)


def _columns(path: Path, header: Sequence[str], pattern: str) -> Mapping[str, str]:
    """Each column that answers, with its pattern."""
    if "id" not in header or len(set(header)) < len(header):
        raise LabelsError(f"{path.name}: expected a header with 'id' and different names, got {quoted(','.join(header))}")
    found = {name: code for name in header if name.startswith(PREFIXES) and (code := _code(name.partition("_")[2]))}
    if twice := [code for code in found.values() if list(found.values()).count(code) > 1]:
        raise LabelsError(f"{path.name}: expected one column of {twice[0]}, got {', '.join(n for n in found if found[n] == twice[0])}")
    if not found and "target" in header and pattern:
        found = {"target": pattern}
    if not found:
        hint = "say of which pattern with --pattern" if "target" in header else f"expected columns such as label_{asked()[0]}"
        raise LabelsError(f"{path.name}: no column names a pattern of ours; {hint}")
    return found


def _code(name: str) -> str:
    try:
        error, subtype = load().find(name)
    except TaxonomyError:
        return ""
    return "" if subtype else error.code


def _counted(cells: Sequence[str], header: Sequence[str]) -> Sequence[str]:
    if len(cells) != len(header):
        raise LabelsError(f"expected {len(header)} cells, got {len(cells)}")
    return cells


def _row(cells: Mapping[str, str], columns: Mapping[str, str], line: int) -> Row:
    answers = {code: answer for name, code in columns.items() if (answer := _answer(name, cells[name])) is not None}
    if not answers:
        raise LabelsError("no pattern is answered")
    own = {name: _unguarded(cells.get(name, "")) for name in ("annotator", "comment")}
    return Row(id=_id(cells["id"]), line=line, answers=answers, **own)


def _answer(name: str, cell: str) -> bool | None:
    """``None`` for an empty cell, which says nothing (Scout would read it as true)."""
    text = cell.strip().lower()
    if text and text not in _ANSWERS:
        raise LabelsError(f"expected true or false in {name}, got {quoted(cell)}")
    return _ANSWERS.get(text)


def _id(cell: str) -> str:
    """The id; a list of one, as Scout may write it, is that one."""
    try:
        several = json.loads(cell) if cell.startswith("[") else None
    except (ValueError, RecursionError):
        several = None
    if isinstance(several, list) and len(several) == 1:
        cell = str(several[0])
    if not cell.strip():
        raise LabelsError("expected an id, got ''")
    return cell

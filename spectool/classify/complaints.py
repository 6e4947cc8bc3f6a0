"""What an error reply complains of, read from the forms in which runtimes and validators write it.

Python's and JavaScript's call errors, Pydantic (v1 and v2) as text and as FastAPI's 422 bodies, JSON Schema validators, Zod's issues inside
JSON-RPC -32602, agent frameworks' "is not a valid tool". Whether a complaint is true of a call is decided elsewhere (``tool_replies``).

Source: the messages of CPython, Pydantic, jsonschema, Ajv, Zod, the JSON-RPC 2.0 and MCP specifications, LangChain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

import msgspec

from spectool.validate import Path

ComplaintKind = Literal["tool", "unknown", "missing", "type", "enum", "bounds"]
# Levels of JSON around a validator's list of errors.
MAX_LEVELS = 6


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an error reply says is wrong: ``path`` names the argument (a tool for ``tool``, empty where the reply names none).

    ``wanted`` is the JSON type asked for; ``choices`` what the reply lists as allowed; ``refused`` the value it quotes.
    """

    kind: ComplaintKind
    path: Path = ()
    wanted: str | None = None
    choices: tuple[str, ...] = ()
    refused: str | None = None


# Words without which no form below is met.
_HINT = re.compile(
    r"valid|nknown|nexpect|recogni|issing|required|must|should|expect|found|exist|allowed|permitted|accept|support|-326|\bloc\b|\bis not\b|"
    r"no such|forbidden|undefined|too (?:long|short)",
    re.IGNORECASE,
)
_Q = r"['\"`‘’“”]"
_NAME = rf"{_Q}?(?P<name>[A-Za-z_$][\w.$-]{{0,100}}){_Q}?"
_QUOTED = re.compile(rf"{_Q}([^'\"`‘’“”\n]{{1,80}}){_Q}")
_TOOL = r"(?:tool|function|action|method)"
_ARG = r"(?:(?:keyword|named|input|query|body) )?(?:argument|parameter|param|field|property|kwarg|key|attribute)(?:\(s\)|s)?(?: names?)?"
_TYPES: Mapping[str, str] = {
    **{"int": "integer", "integer": "integer", "float": "number", "number": "number", "decimal": "number", "double": "number"},
    **{"str": "string", "string": "string", "bool": "boolean", "boolean": "boolean", "list": "array", "array": "array", "tuple": "array"},
    **{"dict": "object", "dictionary": "object", "object": "object", "mapping": "object"},
}
_TYPE = rf"(?:an? |of type |type )?(?:valid )?{_Q}?(?P<type>{'|'.join(sorted(_TYPES, key=len, reverse=True))}){_Q}?\b"
# A line with an argument's place and, indented below it, what is wrong with it: how Pydantic prints.
_BELOW = r"(?:^|\n)(?P<name>[\w.]++)[^\S\n]*+\n\s++"

_WRITTEN: tuple[tuple[ComplaintKind, str], ...] = (
    ("tool", rf"(?P<name>[\w.:/-]{{1,120}}) is not a (?:valid|known|registered|recogni[sz]ed|supported) {_TOOL}\b"
             r"(?:[^\n\[]{0,40}\[(?P<offered>[^\]\n]{1,3000})\])?"),
    ("tool", rf"(?:no such|unknown|unrecogni[sz]ed|undefined) {_TOOL}(?: name)?(?: called| named)?:? ?{_Q}?(?P<name>[\w.:/-]{{1,120}})"),
    ("tool", rf"\b{_TOOL} (?:named |called |name )?{_Q}?(?P<name>[\w.:/-]{{1,120}}?){_Q}? (?:(?:was |is |could )?not (?:be )?"
             r"(?:found|defined|available|registered|recogni[sz]ed|supported)|does not exist|doesn't exist|is unknown)"),
    ("tool", rf"\bno {_TOOL} (?:named|called|with (?:the )?name) {_Q}?(?P<name>[\w.:/-]{{1,120}})"),
    ("tool", rf"^\W*(?:error\W+)?(?:{_TOOL} not found|-32601\b[^\n]{{0,40}}method not found)\W*$"),
    ("unknown", rf"unexpected keyword argument:? {_NAME}"),
    ("unknown", rf"(?:unknown|unexpected|unrecogni[sz]ed|unsupported|undeclared) {_ARG}(?: in object)?:? {_NAME}"),
    ("unknown", rf"additional properties are not allowed \({_NAME}"),
    ("unknown", rf"{_BELOW}(?:extra (?:inputs|fields)(?: are)? not permitted|unexpected keyword argument)"),
    ("unknown", rf"\b{_ARG} {_NAME} (?:is|was) (?:not (?:recogni[sz]ed|supported|allowed|known|expected|permitted)|unknown|unexpected)"),
    ("unknown", rf"(?:does not|doesn't) (?:accept|take|have) (?:an? |any )?{_ARG}(?: named| called)? {_NAME}"),
    ("unknown", rf"{_Q}(?P<name>\w+){_Q} is not a (?:valid|known|recogni[sz]ed|supported) {_ARG}\b"),
    ("missing", rf"missing \d+ required (?:positional |keyword-only )?arguments?: (?P<names>{_Q}\w+{_Q}(?:(?:,| and|, and) {_Q}\w+{_Q})*)"),
    ("missing", rf"missing (?:a |the )?(?:required|mandatory) {_ARG}:? {_NAME}"),
    ("missing", rf"(?:required|mandatory) {_ARG}:? {_NAME} (?:is |was )?(?:missing|not (?:provided|given|supplied|found|set)|absent)"),
    ("missing", rf"{_Q}(?P<name>\w+){_Q} is a required {_ARG}\b"),
    ("missing", rf"must have required property {_NAME}"),
    ("missing", rf"\b{_ARG} {_NAME} is (?:required|missing|mandatory)\b"),
    # A sentence begins with a capital ("Login is required"), a name is quoted or does not.
    ("missing", rf"^\W*(?:error\W+)?(?P<name>(?<=['\"`])\w+|(?-i:[a-z])\w*){_Q}? is (?:required|mandatory)\b"),
    ("missing", rf"{_BELOW}(?:field required|missing required argument)"),
    ("type", rf"{_NAME} (?:must|should|has to|needs to) be {_TYPE}"),
    ("type", rf"{_BELOW}(?:input should be|value is not) {_TYPE}"),
    ("type", rf"\b{_ARG} {_NAME}:? (?:expects|expected|requires|is not|must be) {_TYPE}"),
    ("type", rf"expected {_TYPE} for {_ARG} {_NAME}"),
    ("type", rf"{_Q}(?P<refused>[^'\"\n]{{1,80}}){_Q} is not of type {_TYPE}"),
    ("enum", r"(?:^|\n|: )(?P<words>[A-Za-z_][\w ]{0,40}?) (?:must|should) be one of\b(?P<choices>[^\n]{1,600})"),
    ("enum", r"(?:^|\n|: )(?P<words>[A-Za-z_][\w ]{0,40}?) (?:is )?(?:not valid|invalid|not supported)\b[^'\"\n]{0,80}"
             r"(?:choose|one of|options|values|allowed)[^'\"\n]{0,40}(?P<choices>['\"][^\n]{1,600})"),
    ("enum", rf"{_BELOW}(?:input should be|[^\n]{{0,60}}permitted:) (?P<choices>{_Q}[^\[\n]{{1,600}})"),
    ("enum", rf"{_Q}(?P<refused>[^'\"\n]{{1,80}}){_Q} is not one of (?P<choices>\[[^\n]{{1,600}})"),
    ("bounds", rf"{_BELOW}(?:input should be (?:greater|less) than|string should (?:have at (?:least|most)|match pattern)"
               r"|ensure this value (?:is|has))"),
    ("bounds", rf"{_Q}(?P<refused>[^'\"\n]{{1,80}}){_Q} (?:does not match|is too (?:long|short))"),
)  # fmt: skip
_FORMS = tuple((kind, re.compile(form, re.IGNORECASE)) for kind, form in _WRITTEN)
_BY_CODE: tuple[tuple[str, ComplaintKind], ...] = (
    ("extra_forbidden", "unknown"), ("value_error.extra", "unknown"), ("unexpected_keyword", "unknown"), ("unrecognized_keys", "unknown"),
    ("missing", "missing"), ("value_error.missing", "missing"), ("literal_error", "enum"), ("enum", "enum"), ("invalid_enum_value", "enum"),
    ("greater_than", "bounds"), ("less_than", "bounds"), ("string_too_", "bounds"), ("string_pattern", "bounds"), ("too_small", "bounds"),
    ("too_big", "bounds"),
)  # fmt: skip
# Where FastAPI says that a value was sent; a header is the harness's to set.
_PLACES = frozenset({"body", "query", "path"})


@lru_cache(maxsize=1_024)
def complaints(text: str) -> tuple[Complaint, ...]:
    """What the head of a reply complains of, each thing once."""
    if not _HINT.search(text):
        return ()
    text = text.replace('\\"', '"').replace("\\n", "\n").replace("\\'", "'")
    found = list(_listed(text)) or [complaint for kind, form in _FORMS for match in form.finditer(text) for complaint in _read(kind, match)]
    return tuple(dict.fromkeys(found))


def _read(kind: ComplaintKind, match: re.Match[str]) -> Iterator[Complaint]:
    groups = match.groupdict()
    name = groups.get("name") or (groups.get("words") or "").strip().lower().replace(" ", "_")
    path = () if not name else (name.rstrip("."),) if kind == "tool" else tuple(name.rstrip(".").split("."))
    choices = tuple(_QUOTED.findall(groups.get("choices") or "")) or tuple(re.findall(r"[\w.:/-]+", groups.get("offered") or ""))
    wanted = _TYPES.get((groups.get("type") or "").lower())
    if groups.get("names"):
        yield from (Complaint(kind=kind, path=(each,)) for each in _QUOTED.findall(groups["names"]))
    else:
        yield Complaint(kind=kind, path=path, wanted=wanted, choices=choices, refused=groups.get("refused"))


def _listed(text: str) -> Iterator[Complaint]:
    """The entries of a validator's list of errors, wherever in the reply it stands."""
    for start in (text.find("{"), text.find("[")):
        end = max(text.rfind("}"), text.rfind("]")) + 1
        if 0 <= start < end:
            try:
                document = msgspec.json.decode(text[start:end])
            except (msgspec.DecodeError, RecursionError):
                continue
            found = [complaint for entry in _entries(document, 0) for complaint in _entry(entry)]
            if found:
                yield from found
                return


def _entries(value: Any, level: int) -> Iterator[Mapping[str, Any]]:
    if level > MAX_LEVELS:
        return
    if isinstance(value, dict):
        if isinstance(value.get("loc", value.get("path")), list):
            yield value
        for inner in value.values():
            yield from _entries(inner, level + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _entries(inner, level + 1)


def _entry(entry: Mapping[str, Any]) -> Iterator[Complaint]:
    """One entry of Pydantic's (``loc``, ``type``, ``msg``) or Zod's (``path``, ``code``, ``message``) list."""
    path = tuple(part for part in entry.get("loc", entry.get("path")) if isinstance(part, (str, int)))
    if path and path[0] in _PLACES:
        path = path[1:]
    elif path and path[0] in ("header", "cookie"):
        return
    code, message = str(entry.get("type", entry.get("code"))), str(entry.get("msg", entry.get("message", "")))
    if code == "unrecognized_keys" and isinstance(entry.get("keys"), list):
        yield from (Complaint(kind="unknown", path=(*path, key)) for key in entry["keys"] if isinstance(key, str))
    elif code == "invalid_type":
        wanted = _TYPES.get(str(entry.get("expected")))
        yield Complaint(kind="missing" if entry.get("received") == "undefined" else "type", path=path, wanted=wanted)
    elif kind := next((kind for start, kind in _BY_CODE if code.startswith(start)), None):
        yield Complaint(kind=kind, path=path, choices=tuple(_QUOTED.findall(message)))
    elif told := re.search(_TYPE, message, re.IGNORECASE):
        yield Complaint(kind="type", path=path, wanted=_TYPES[told["type"].lower()])

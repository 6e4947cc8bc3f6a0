"""Write data/demo/tasks.jsonl from the domain files: ``python -m scripts.demo_tasks.build`` in the repository's root.

The same source gives the same bytes. A gold argument that its tool declares optional with a default may always be left out or given
as that default; this is added here, so that the domain files only say what matters.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from scripts.demo_tasks import clinic, finance, garden, home, hotel, library, music, parcels
from scripts.demo_tasks.notation import Case, Domain
from spectool.model import Expected, ExpectedCall

DOMAINS: tuple[Domain, ...] = tuple(module.DOMAIN for module in (hotel, library, home, parcels, finance, clinic, music, garden))
TARGET = Path(__file__).parents[2] / "data" / "demo" / "tasks.jsonl"


def rows() -> Iterator[dict[str, Any]]:
    """Every task as a row of tasks.jsonl, in the order of the files."""
    for domain in DOMAINS:
        seen: dict[str, int] = {}
        for case in domain.cases:
            seen[case.kind] = seen.get(case.kind, 0) + 1
            yield _row(domain, case, f"{domain.name}-{case.kind}-{seen[case.kind]:02d}")


def lines() -> str:
    """The whole file's text."""
    return "".join(msgspec.json.encode(row).decode() + "\n" for row in rows())


def main() -> int:
    """Write the file and say how much it holds; with ``--check`` only say whether it is what would be written."""
    content = lines()
    if "--check" in sys.argv[1:]:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == content
        sys.stderr.write("" if same else f"{TARGET} is not what its source says; run: python -m scripts.demo_tasks.build\n")
        return 0 if same else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(content, encoding="utf-8")
    sys.stderr.write(f"{TARGET}: {content.count(chr(10))} tasks\n")
    return 0


def _row(domain: Domain, case: Case, name: str) -> dict[str, Any]:
    system = [{"role": "system", "content": domain.system}] if case.dated else []
    meta: dict[str, Any] = {"category": case.kind, "environment": domain.name}
    if case.script:
        meta["script"] = [msgspec.to_builtins(entry) for entry in case.script]
    return {
        "id": name,
        "tools": [domain.tools[offered] for offered in case.offered],
        "messages": [*system, {"role": "user", "content": case.ask}],
        "gold": {"mode": case.mode, "paths": [[_call(call, domain) for call in path] for path in case.paths]},
        "request": {},
        "tags": [f"kind:{case.kind}", f"domain:{domain.name}", *case.traits],
        "meta": meta,
    }


def _call(call: ExpectedCall, domain: Domain) -> dict[str, Any]:
    schema = domain.tools[call.name]["function"]["parameters"]
    return {"name": call.name, "arguments": _arguments(call.arguments, schema)}


def _arguments(given: Mapping[str, Expected], schema: Mapping[str, Any]) -> dict[str, Any]:
    """``given`` and, for each optional argument with a default, that default."""
    arguments = {}
    for name, part in schema["properties"].items():
        default = (part["default"],) if "default" in part and name not in schema["required"] else ()
        if name in given:
            arguments[name] = _expected(given[name], part, default)
        elif default:
            arguments[name] = {"values": list(default), "optional": True}
    unknown = given.keys() - arguments.keys()
    if unknown:
        raise KeyError(f"the schema has no argument {sorted(unknown)}")
    return arguments


def _expected(expected: Expected, part: Mapping[str, Any], default: tuple[Any, ...]) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    if expected.values:
        plain["values"] = list(expected.values)
    if expected.objects:
        plain["objects"] = [_arguments(one, part) for one in expected.objects]
    if expected.any:
        plain["any"] = True
    if expected.tolerance is not None:
        plain["tolerance"] = expected.tolerance
    if expected.optional or (default and default[0] in expected.values):
        plain["optional"] = True
    return plain


if __name__ == "__main__":
    raise SystemExit(main())

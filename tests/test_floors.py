"""The floors of the house: who may import whom, read from the syntax tree, imports inside functions included.

A file imports only from lower floors or from earlier rooms of its own wing; wings on one floor do not import each other (the single
files of floors 1 and 2 may). Within a wing the rooms named in ``ORDER`` stand in that order, also by way of files in between, and
nothing runs in a circle.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS: Mapping[str, int] = {
    **{"model": 1, "resources": 1},
    **{"names": 2, "schema": 2, "defaults": 2, "references": 2, "checker": 2, "branches": 2, "levels": 2, "violations": 2, "validate": 2},
    **{"example": 2, "plain_text": 2, "redact": 2, "redact_checks": 2, "redact_names": 2, "redact_patterns": 2},
    "read": 3,
    **{"classify": 4, "environments": 4},
    "results": 5,
    **{"benchmark": 6, "run": 6, "patterns": 6, "tagger": 6},
    "synthesize": 7,
    **{"train": 8, "report": 8},
    **{"cli": 9, "app": 9, "integrations": 9},
    "__main__": 10,
}
ORDER: Mapping[str, tuple[str, ...]] = {
    "read": ("source", "tools", "dialects", "steps", "formats", "tasks"),
    "environments": ("core", "parts", "registry", "episode"),
    "classify": ("strict_yaml", "taxonomy", "attempt", "arguments", "matching", "case", "detectors", "classify", "compat"),
    "results": ("folder", "store", "stream", "pipeline"),
    "run": ("engines", "run"),
}
# Packages that are slow to import or large to install, and where they may be used. Outside app/ always inside a function.
HEAVY: Mapping[str, tuple[str, ...]] = {
    "streamlit": ("app/",),
    "altair": ("app/",),
    "pandas": ("app/", "spectool/results/", "spectool/patterns/", "spectool/tagger/"),
    "networkx": ("spectool/patterns/",),
    "sklearn": ("spectool/patterns/", "spectool/tagger/"),
    "torch": ("spectool/run/", "spectool/train/"),
    "transformers": ("spectool/run/", "spectool/train/"),
    "gguf": ("spectool/run/",),
    "vllm": ("spectool/run/engines/vllm.py",),
    "openai": (),
    "httpx2": ("spectool/run/engines/openai",),
    "ray": ("spectool/run/engines/ray.py", "spectool/results/ray.py"),
    "trl": ("spectool/train/",),
    "peft": ("spectool/train/",),
    "datasets": ("spectool/train/", "spectool/synthesize/"),
    "playwright": (),
    "tree_sitter": ("spectool/read/dialects/syntax_tree.py",),
    "tree_sitter_java": ("spectool/read/dialects/syntax_tree.py",),
    "tree_sitter_javascript": ("spectool/read/dialects/syntax_tree.py",),
}
# What starting the command must not load, besides the heavy ones.
LATE = ("pyarrow", "duckdb", "jsonschema_rs", "dateutil", "rapidfuzz", "numpy", "yaml")


class Import:
    """One import statement's target: what, where, and whether it runs when the file is loaded."""

    def __init__(self, file: Path, module: str, target: str, line: int, at_start: bool) -> None:
        self.file, self.module, self.target, self.line, self.at_start = file, module, target, line, at_start

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.target}"


@cache
def files() -> tuple[Path, ...]:
    return tuple(sorted(path for wing in ("spectool", "app") for path in (ROOT / wing).rglob("*.py") if "_bundled" not in path.parts))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> frozenset[str]:
    return frozenset(module_of(path) for path in files())


def wing_of(module: str) -> str:
    first, _, rest = module.partition(".")
    return first if first == "app" else rest.partition(".")[0]


def imports_of(path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lazy = {id(node) for outer in ast.walk(tree) if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(outer)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} uses a relative import"
            base = node.module or ""
            targets = [name if (name := f"{base}.{alias.name}") in modules() else base for alias in node.names]
        else:
            continue
        for target in targets:
            yield Import(path, module_of(path), target, node.lineno, id(node) not in lazy)


@cache
def all_imports() -> tuple[Import, ...]:
    return tuple(found for path in files() for found in imports_of(path))


def ours() -> Iterator[Import]:
    return (found for found in all_imports() if found.target.split(".")[0] in {"spectool", "app"})


def test_every_file_has_its_floor() -> None:
    homeless = [module for module in modules() if wing_of(module) and wing_of(module) not in FLOORS]
    assert sorted(homeless) == []


def test_nobody_imports_from_a_higher_floor_or_from_a_wing_beside() -> None:
    def allowed(found: Import) -> bool:
        here, there = wing_of(found.module), wing_of(found.target)
        return here == there or not there or FLOORS[there] < FLOORS[here] or FLOORS[here] == FLOORS[there] <= 2

    assert [str(found) for found in ours() if not allowed(found)] == []


def test_no_files_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in modules()}
    for found in ours():
        if found.target != found.module:
            graph[found.module].add(found.target)
    try:
        list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def room_of(module: str) -> str:
    return module.split(".")[2] if module.count(".") >= 2 else ""


@pytest.mark.parametrize("wing", ORDER)
def test_the_rooms_of_a_wing_stand_in_order(wing: str) -> None:
    reach: dict[str, set[str]] = {}
    for found in ours():
        if wing_of(found.module) == wing_of(found.target) == wing and room_of(found.target) != room_of(found.module):
            reach.setdefault(room_of(found.module), set()).add(room_of(found.target))
    order = [
        room for room in ORDER[wing] if (ROOT / "spectool" / wing / room).exists() or (ROOT / "spectool" / wing / f"{room}.py").exists()
    ]
    wrong = []
    for position, room in enumerate(order):
        seen, todo = set(), [room]
        while todo:
            for target in reach.get(todo.pop(), set()) - seen:
                seen.add(target)
                todo.append(target)
        wrong += [f"{wing}/{room} reaches {wing}/{later}, a later room" for later in order[position + 1 :] if later in seen]
    assert wrong == []


@pytest.mark.parametrize("package", HEAVY)
def test_a_heavy_package_is_used_only_where_it_belongs_and_late(package: str) -> None:
    uses = [found for found in all_imports() if found.target.split(".")[0] == package]
    places = HEAVY[package]
    misplaced = [str(found) for found in uses if not found.file.relative_to(ROOT).as_posix().startswith(places or ("-",))]
    early = [str(found) for found in uses if found.at_start and not found.file.is_relative_to(ROOT / "app")]
    assert (misplaced, early) == ([], [])


def test_the_help_text_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from spectool.cli.main import main\n"
        "main(['--help'])\n"
        f"print('LOADED', sorted(set({(*HEAVY, *LATE)!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_a_package_file_holds_a_docstring_and_nothing_else() -> None:
    def is_plain(node: ast.stmt) -> bool:
        names = [target.id for target in node.targets if isinstance(target, ast.Name)] if isinstance(node, ast.Assign) else []
        return names in (["__all__"], ["__version__"]) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))

    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in files() if path.name == "__init__.py"}
    assert [
        str(path.relative_to(ROOT)) for path, tree in trees.items() if not ast.get_docstring(tree) or not all(map(is_plain, tree.body))
    ] == []


def test_no_file_is_too_long_or_named_for_nothing() -> None:
    assert [str(path.relative_to(ROOT)) for path in files() if path.stem in {"utils", "helpers", "common", "misc"}] == []
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    assert {path: length for path, length in lengths.items() if length > 400} == {}

"""The contract of the taxonomy: complete, ordered, sourced, readable at sight, and one with the detectors."""

from __future__ import annotations

import ast
import inspect
import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from spectool.classify.detectors.registry import DETECTORS
from spectool.classify.strict_yaml import TaxonomyError
from spectool.classify.taxonomy import ErrorType, load, read
from spectool.model import ProblemKind

TAXONOMY = load()
RULED = [error for error in TAXONOMY.errors if error.decided_by == "rule"]


def by_code(error: ErrorType) -> str:
    return error.code


def test_errors_stand_in_the_order_of_work() -> None:
    assert [error.code for error in TAXONOMY.errors] == [
        *("IFE", "IFN", "IAN", "IAT", "IAV", "IAC", "RAC"),
        *("wrong_tool", "unneeded_call", "extra_call", "wrong_order", "ignored_tool_error", "unrecovered_error"),
        *("constraint_violation", "budget_limit", "wrong_answer", "incomplete_answer", "missing_clarification", "misread_task"),
        *("result_misuse", "fabricated_output", "policy_violation"),
        *("tool_error", "refusal"),
        *("truncated", "inference_error", "name_alias", "lost_call", "schema_unresolvable"),
    ]
    assert [TAXONOMY.order(error.code) for error in TAXONOMY.errors] == list(range(29))


SUBTYPES = {
    "IFE": "wrapped other_syntax positional truncated in_reasoning bad_shape malformed",
    "IFN": "near_miss not_offered invented",
    "IAN": "near_miss misplaced other_tool unknown",
    "IAT": "coercible null container nested incompatible",
    "IAV": (
        "missing_required placeholder outside_enum outside_bounds premature_dependency stale_value "
        "omitted boolean_flipped unexpected scale format_variant reordered partial other ungrounded"
    ),
    "IAC": "no_call missing_parallel stopped_early missing_call",
    "RAC": "same_batch exact loop retry_same_error",
}


@pytest.mark.parametrize(("code", "subtypes"), SUBTYPES.items())
def test_subtypes_of_the_seven_stand_in_order_of_precedence(code: str, subtypes: str) -> None:
    assert [subtype.code for subtype in TAXONOMY.error(code).subtypes] == subtypes.split()


def test_the_levels_hold_the_errors_they_should() -> None:
    assert {level: len(TAXONOMY.at_level(level)) for level in ("core", "extended", "event", "artefact")} == {
        "core": 7,
        "extended": 15,
        "event": 2,
        "artefact": 5,
    }


def test_a_parse_problem_is_a_subtype_of_ife() -> None:
    assert set(ProblemKind.__args__) == {subtype.code for subtype in TAXONOMY.error("IFE").subtypes}


@pytest.mark.parametrize("error", TAXONOMY.errors, ids=by_code)
def test_every_source_is_in_the_references(error: ErrorType) -> None:
    for source in error.source.split(";"):
        assert any(source.strip().startswith(reference) for reference in TAXONOMY.references), source


@pytest.mark.parametrize("error", TAXONOMY.errors, ids=by_code)
def test_every_text_is_a_sentence(error: ErrorType) -> None:
    texts = [error.definition, error.counts, error.assessed, error.excludes, error.example, *(s.definition for s in error.subtypes)]
    assert [text for text in texts if text[-1] not in '."`' or "\n" in text or "  " in text] == []
    assert error.question.endswith("?")


@pytest.mark.parametrize("error", TAXONOMY.errors, ids=by_code)
def test_faults_and_tiers_fit_the_level(error: ErrorType) -> None:
    assert error.fault == {"core": "agent", "extended": "agent", "event": "unknown", "artefact": "harness"}[error.level]
    if error.decided_by == "candidate":
        assert {subtype.tier for subtype in error.subtypes} == {"candidate"}


@pytest.mark.parametrize("error", RULED, ids=by_code)
def test_what_a_rule_decides_has_a_detector_that_explains_itself(error: ErrorType) -> None:
    [detector] = [detector for detector in DETECTORS if error.code == detector.CODE]
    assert "Source:" in (inspect.getdoc(detector) or "")


def test_the_detectors_run_in_the_order_of_the_taxonomy() -> None:
    assert [detector.CODE for detector in DETECTORS] == [error.code for error in RULED]


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda detector: detector.CODE)
def test_a_detector_names_only_subtypes_that_are_declared(detector: object) -> None:
    tree = ast.parse(inspect.getsource(detector))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "finding")
    named = {node.args[1].value for node in calls if isinstance(node.args[1], ast.Constant)}
    assert named <= {subtype.code for subtype in TAXONOMY.error(detector.CODE).subtypes}


def test_a_code_is_found_in_any_case_and_with_its_subtype() -> None:
    error, subtype = TAXONOMY.find("iat.coercible")
    assert (error.code, subtype and subtype.code) == ("IAT", "coercible")
    assert TAXONOMY.find("Wrong_Tool")[1] is None


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("IAX", "unknown error 'IAX'; known: IFE, IFN, IAN"),
        ("IAT.", None),
        ("IAT.wrong", "unknown subtype 'wrong' of IAT; known: coercible, null, container, nested, incompatible"),
    ],
    ids=["a code that is not there", "a dot and nothing after it", "a subtype that is not there"],
)
def test_an_unknown_code_is_answered_with_the_known_ones(code: str, message: str | None) -> None:
    if message is None:
        assert TAXONOMY.find(code)[1] is None
        return
    with pytest.raises(TaxonomyError) as caught:
        TAXONOMY.find(code)
    assert str(caught.value).startswith(message)


# Broken files: what somebody who edits the YAML gets to read.

SUBTYPE = "{code: any, name: Any, definition: It is., example: '`x`'}"
ENTRY = (
    "{code: IFE, name: A, level: core, axis: none, fault: agent, colour: '#000000', needs: [], decided_by: rule, question: Is it?, "
    f"definition: It., counts: One., assessed: All., excludes: None., example: x, source: S, subtypes: [{SUBTYPE}]}}"
)
BROKEN = [
    ("version: [", "while parsing a flow node"),
    ("- a", "expected a mapping, got list"),
    ("version: 1\nreferences: {S: S}", "missing key 'errors'"),
    ("version: 1\nreferences: {S: S}\nerrors: []\nextra: 1", "unknown key 'extra'"),
    ("version: 1\nreferences: {S: S}\nerrors: {}", "expected a list of entries, got dict"),
    ("version: one\nreferences: {S: S}\nerrors: []", "version: expected `int`, got `str`"),
    (
        f"version: 1\nreferences: {{S: S}}\nerrors: [{ENTRY.replace('level: core, ', '')}]",
        "entry 'IFE': object missing required field `level`",
    ),
    (
        f"version: 1\nreferences: {{S: S}}\nerrors: [{ENTRY.replace('name: A', 'nmae: A')}]",
        "entry 'IFE': object contains unknown field `nmae`",
    ),
    (
        f"version: 1\nreferences: {{S: S}}\nerrors: [{ENTRY.replace('level: core', 'level: main')}]",
        "entry 'IFE': invalid enum value 'main' - at `$.level`",
    ),
    (
        f"version: 1\nreferences: {{S: S}}\nerrors: [{ENTRY.replace('name: Any', 'name: null')}]",
        "entry 'IFE': expected `str`, got `null` - at `$.subtypes[0].name`",
    ),
    (
        f"version: 1\nreferences: {{S: S}}\nerrors: [{ENTRY.replace(SUBTYPE, '')}]",
        "entry 'IFE': expected `array` of length >= 1 - at `$.subtypes`",
    ),
    (
        f"version: 1\nreferences: {{S: S}}\nerrors: [{ENTRY.replace(SUBTYPE, f'{SUBTYPE}, {SUBTYPE}')}]",
        "entry 'IFE': subtype 'any' stands twice",
    ),
    (f"version: 1\nreferences: {{S: S}}\nerrors: [{ENTRY}, {ENTRY}]", "code 'IFE' stands twice"),
    ("version: 1\nreferences: {S: S}\nerrors: []\nversion: 1", "errors.yaml:1: key 'version' stands twice"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_broken_file_is_named_with_the_entry_and_the_reason(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "taxonomy" / "errors.yaml"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(TaxonomyError) as caught:
        read(path)
    assert str(caught.value).startswith("taxonomy/errors.yaml")
    assert message in str(caught.value)


def test_yaml_tags_build_no_objects(tmp_path: Path) -> None:
    path = tmp_path / "errors.yaml"
    path.write_text("version: !!python/object/apply:os.getcwd []")
    with pytest.raises(TaxonomyError, match="could not determine a constructor"):
        read(path)


# Colours: the seven must stay apart for readers with any kind of colour vision, on a light and on a dark page.
# Simulation matrices in linear RGB: Machado, Oliveira and Fernandes, IEEE TVCG 15(6), 2009, severity 1.
VISIONS = {
    "trichromat": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanope": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranope": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanope": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
WHITE = (0.9505, 1.0, 1.089)


def linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def times(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def lab(colour: str, vision: str) -> tuple[float, float, float]:
    seen = [min(max(part, 0.0), 1.0) for part in times(VISIONS[vision], linear(colour))]
    scaled = [part / white for part, white in zip(times(TO_XYZ, seen), WHITE, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(colour: str, page: str) -> float:
    low, high = sorted(times(TO_XYZ, linear(each))[1] for each in (colour, page))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("vision", VISIONS)
def test_the_colours_of_the_seven_stay_apart_for_a(vision: str) -> None:
    seen = [lab(error.colour, vision) for error in TAXONOMY.at_level("core")]
    distances = [sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5 for pair in itertools.combinations(seen, 2)]
    assert min(distances) > 25  # the well-known Okabe-Ito palette reaches 16


@pytest.mark.parametrize("error", TAXONOMY.errors, ids=by_code)
def test_a_colour_can_be_told_from_a_light_and_a_dark_page(error: ErrorType) -> None:
    assert contrast(error.colour, "#FFFFFF") > 2
    assert contrast(error.colour, "#0E1117") > 2


def test_reading_the_taxonomy_costs_little_and_importing_it_reads_nothing() -> None:
    code = (
        "import sys, time; import spectool.classify.taxonomy as t; assert 'yaml' not in sys.modules; import yaml; "
        "start = time.process_time(); t.load(); print(time.process_time() - start)"
    )
    seconds = min(float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout) for _ in range(3))
    assert seconds < 0.06  # measured 0.017; twice that on a busy machine is no alarm

"""Other systems' labels: complete, valid, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest

from spectool.classify.crosswalk import crosswalk, load_crosswalk, names, read
from spectool.classify.strict_yaml import TaxonomyError
from spectool.classify.taxonomy import load


def test_every_system_is_there() -> None:
    assert names() == ("acebench", "agentrx", "api_bank", "bfcl", "critictool", "tau2", "tau_bench", "toolscan", "xlam_purification")


@pytest.mark.parametrize("name", names())
def test_a_label_without_a_counterpart_says_why(name: str) -> None:
    silent = [label.label for label in load_crosswalk(name).labels if not label.ours and not label.fault and not label.note]
    several = [label.label for label in load_crosswalk(name).labels if len({o.split(".")[0] for o in label.ours}) > 1 and not label.note]
    assert silent == []
    assert [label for label in several if name not in {"bfcl", "toolscan", "tau2", "agentrx"}] == []


def test_bfcl_has_all_of_its_error_types() -> None:
    walk = crosswalk("bfcl")
    assert len(walk) == 36
    assert walk["irrelevance_error:decoder_success"] == ("unneeded_call",)
    assert walk["simple_function_checker:wrong_func_name"] == ("wrong_tool", "IFN")


THEIRS = [
    ("bfcl", "IFE", "wrapped", "ast_decoder:decoder_failed"),
    ("bfcl", "IFE", "bad_shape", "ast_decoder:decoder_wrong_output_format"),
    ("bfcl", "IAV", "missing_required", "simple_function_checker:missing_required"),
    ("bfcl", "IAV", "omitted", "simple_function_checker:missing_optional"),
    ("bfcl", "IAV", "scale", "value_error:others"),
    ("bfcl", "IAC", "no_call", "relevance_error:decoder_failed"),
    ("bfcl", "RAC", "exact", None),
    ("toolscan", "IAN", "near_miss", "invalid_argument_names"),
    ("toolscan", "IAV", "missing_required", "invalid_argument_names"),
    ("toolscan", "IAV", "other", "incorrect_argument_values"),
    ("tau2", "IAC", "stopped_early", "premature_termination"),
    ("tau2", "IAC", "missing_call", "missed_required_action"),
    ("critictool", "tool_error", "error_reply", "environment_error"),
    ("xlam_purification", "IAV", "ungrounded", "argument hallucination"),
]


@pytest.mark.parametrize(("name", "error", "subtype", "label"), THEIRS, ids=[f"{n} calls {e}.{s} {label}" for n, e, s, label in THEIRS])
def test_a_finding_of_ours_has_the_closest_of_their_labels(name: str, error: str, subtype: str, label: str | None) -> None:
    assert load_crosswalk(name).label_of(error, subtype) == label


def test_an_unknown_system_is_answered_with_the_known_ones() -> None:
    with pytest.raises(TaxonomyError, match=r"unknown label set 'nope'; known: acebench, agentrx"):
        crosswalk("nope")


BROKEN = [
    ("{label: a, ours: [IAQ]}", "entry 'a': unknown error 'IAQ'"),
    ("{label: a, ours: [IAV.no]}", "entry 'a': unknown subtype 'no' of IAV"),
    ("{label: a, ours: [iav]}", "entry 'a': unknown error 'iav'"),
    ("{label: a, ours: []}", "entry 'a': stands for nothing of ours; say why in 'note'"),
    ("{label: a, ours: [IAV]}, {label: a, ours: [IAN]}", "label 'a' stands twice"),
    ("{label: a, our: [IAV]}", "entry 'a': object contains unknown field `our`"),
]


@pytest.mark.parametrize(("labels", "message"), BROKEN, ids=[message for _, message in BROKEN])
def test_a_broken_crosswalk_is_named_with_the_label_and_the_reason(tmp_path: Path, labels: str, message: str) -> None:
    path = tmp_path / "crosswalk" / "other.yaml"
    path.parent.mkdir()
    path.write_text(f"system: Other\nsource: A paper\nlabels: [{labels}]\n")
    with pytest.raises(TaxonomyError) as caught:
        read(path, load())
    assert str(caught.value).startswith("crosswalk/other.yaml: ")
    assert message in str(caught.value)

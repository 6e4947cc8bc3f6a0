"""What every dialect keeps: it reads what it writes, no text makes it raise, spans cut out ``raw``, and hostile text costs linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spectool.model import Call
from spectool.read.dialects.registry import ASKED_FOR, DIALECTS, dialect
from spectool.read.dialects.scan import scan

EVERY_DIALECT = [*DIALECTS, *ASKED_FOR]
EVERY = pytest.mark.parametrize("module", EVERY_DIALECT, ids=lambda module: module.NAME)
FEW = settings(max_examples=60, deadline=None)

# Markup inside a string is beyond every one of these syntaxes: none of them can escape it.
_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="<"), max_size=12).filter(lambda text: "THINK]" not in text)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)
_NAME = st.from_regex(r"[a-z][a-z0-9_]{0,8}(\.[a-z][a-z0-9_]{0,8})?", fullmatch=True).filter(lambda name: name not in ("none", "finish"))
_KEY = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
_CALLS = st.lists(
    st.builds(lambda name, arguments: Call(name=name, arguments=arguments), _NAME, st.dictionaries(_KEY, _JSON, max_size=3)),
    min_size=1,
    max_size=3,
)
_MARKUP = [
    "<think>", "</think>", "<tool_call>", "</tool_call>", "[TOOL_CALLS]", "[ARGS]", "<|python_tag|>", "<function=f>", "<parameter=a>",
    "</parameter>", "</function>", "<|channel|>commentary", "<|message|>", "<|call|>", "<|im_end|>", "</s>",
    ".call(", "f(", "[f(", " to=functions.f", "a=", "true", "1", "-",
]  # fmt: skip
_LINES = ["Action: f\n", "Action Input: ", "Action: f with Action Input: ", "```json\n", "```", "f(a='x')", " ", "\n"]
_OBJECTS = ['{"name": "f", "arguments": {"a": 1}}', '{"name": "f", "parameters": ', '"tool_calls": [', "\\", "\ud800", *"'\"{}[](),:;é"]
_PIECES = st.sampled_from([*_MARKUP, *_LINES, *_OBJECTS])
_HOSTILE = st.lists(_PIECES | st.text(max_size=4), max_size=14).map("".join)


def plain(module, calls):
    """The calls without what the syntax can not carry: Qwen's tags keep no type, so strings do not always come back as strings."""
    if module.NAME != "qwen_xml":
        return calls
    return [
        Call(name=call.name, arguments={key: value for key, value in call.arguments.items() if not isinstance(value, str)})
        for call in calls
    ]


@EVERY
@FEW
@given(calls=_CALLS)
def test_it_reads_what_it_writes(module, calls):
    calls = plain(module, calls)
    text = module.write(calls)
    parsed = module.parse(text)
    assert [(call.name, call.arguments, call.problem) for call in parsed.calls] == [(call.name, call.arguments, None) for call in calls]
    assert parsed.text == ""
    assert module.opener(text) is not None
    assert scan(text, asked=module.NAME) == (parsed, module.NAME)


@FEW
@given(text=_HOSTILE, asked=st.sampled_from([None, *(module.NAME for module in EVERY_DIALECT)]), names=st.sampled_from([(), ("f",)]))
def test_no_text_makes_a_scan_raise(text, asked, names):
    parsed, used = scan(text, asked=asked, names=names)
    assert (used is None) == (not parsed.calls)
    for call in parsed.calls:
        assert call.raw == text[slice(*call.span)]
        assert (call.arguments is None) == (
            call.problem is not None and not call.problem.recoverable
        ) or call.problem.kind == "in_reasoning"
        assert call.problem is None or call.problem.offset is None or 0 <= call.problem.offset <= len(text)


@EVERY
@FEW
@given(text=_HOSTILE)
def test_no_text_makes_it_raise(module, text):
    for call in module.parse(text, ("f",)).calls:
        assert call.raw == text[slice(*call.span)]


def test_names_are_unique_and_described():
    names = [module.NAME for module in EVERY_DIALECT]
    assert len(set(names)) == len(names) == 16
    assert all(module.DESCRIPTION and isinstance(module.PROSE, bool) for module in EVERY_DIALECT)
    assert all(name == dialect(name).NAME for name in names)


def test_an_unknown_dialect_is_named_with_those_there_are():
    with pytest.raises(ValueError, match=r"expected a dialect, one of harmony, .*, got 'hermse'"):
        dialect("hermse")


ADVERSARIAL = {
    "open braces with names": '{"name": ' * 22_000,
    "open call objects": '{"name": "f", "arguments": {' * 7_000,
    "open lists": '[{"name": "f", ' * 14_000,
    "open brackets": "[" * 200_000,
    "open parentheses": "f(" * 100_000,
    "nested calls": "f(a=" * 50_000,
    "lists of calls": "[f(" * 66_000,
    "quotes": "f('" * 66_000,
    "backslashes": "f(a='" + "\\" * 200_000,
    "spaces": "[" + " " * 200_000 + "f(",
    "spaces before a colon": "Action" + " " * 200_000,
    "lines of spaces": "Action:" + " \n" * 100_000,
    "one long word": "a" * 200_000,
    "a dotted word": "a." * 100_000,
    "signs": "[f(a=" + "-" * 200_000,
    "sums": "[f(a=1" + "+1" * 100_000 + ")]",
    "digits": "[f(a=" + "1" * 200_000 + ")]",
    "tags": "<tool_call>" * 18_000,
    "functions": "<function=f>" * 16_000,
    "parameters": "<function=f>" + "<parameter=a>" * 15_000,
    "channels": "<|channel|>commentary to=functions.f<|message|>" * 4_000,
    "markers": "[TOOL_CALLS]f[ARGS]" * 10_000,
    "list markers": "[TOOL_CALLS][" * 15_000,
    "actions": "Action: f\n" * 20_000,
    "actions with open inputs": 'Action: f\nAction Input: {"a": \n' * 6_000,
    "actions in ToolScan's form": "Action: f with Action Input: {" * 6_500,
    "fences": "```json\n{" * 22_000,
    "thoughts": "<think>" * 28_000,
    "closed thoughts": "<think></think>" * 13_000,
    "end tokens": "x" + "</s>" * 50_000,
    "bare names with braces": "f{" * 100_000,
    "bare calls with braces": 'f{"a": 1}' * 20_000 + "f{",
    "good calls in prose": "I call f(a=1). " * 13_000,
    "generic types": "[f(a=" + "a<b<" * 50_000 + ")]",
    "calls with generic types": "[" + ("f(a=" + "a<b<" * 100 + "), ") * 100,
    "arrow functions": "[f(a=" + "a=>" * 66_000 + ")]",
    "lists of numbers": "[f(a=[" + "1, " * 66_000 + "])]",
    "open templates": "[f(a=`${" * 22_000,
    "open comments": "[f(/*" * 40_000,
    "thoughts of xLAM": '{"thought": "' * 15_000,
}


@pytest.mark.parametrize("asked", [None, "pythonic", "java", "javascript"])
@pytest.mark.parametrize("text", ADVERSARIAL.values(), ids=ADVERSARIAL.keys())
def test_two_hundred_kilobytes_do_not_blow_up(text, asked):
    """A reading that grows with the square takes minutes; how fast it is otherwise is no test's business."""
    start = time.process_time()
    scan(text, asked=asked, names=("f",))
    assert time.process_time() - start < 20

"""What a judge's words are taken for: only an answer whose quote the judged model wrote, and never "no error" for want of one."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.model import Call, Message, Step, Trajectory
from spectool.run.judge_answer import (
    CUT_OFF,
    NO_BOOLEAN,
    NO_JSON,
    NO_KIND,
    NO_QUOTE,
    NOT_ITS_OWN,
    NOT_THERE,
    SEVERAL,
    SHORT_QUOTE,
    Answer,
    Unusable,
    find_quote,
    read_answer,
)
from spectool.run.judge_prompt import PATTERNS
from spectool.run.judge_record import record_of

RECORD = record_of(
    Trajectory(
        key="k",
        id="k",
        turns=(
            Message(role="user", content="Cancel order 7 only if it is free."),
            Step(text="I will  cancel it.\nIt is <b>free</b>.", calls=(Call(name="cancel", arguments={"order": 7, "why": "asked"}),)),
            Message(role="tool", content="cancelled for 5 euros"),
            Step(text="Ok.\nI will cancel it."),
        ),
    )
)
# Lines: 1 user, 2-3 assistant, 4 its call, 5 tool, 6-7 assistant.


def answer(**fields):
    return json.dumps({"why": "It is.", "found": True, "kind": "condition", "quote": "It is <b>free</b>", "line": 3, **fields})


CLEAN = Answer(found=False, why="All well.")
NO = '{"why": "All well.", "found": false, "kind": "none", "quote": "", "line": 0}'
READ = {
    "a plain answer": (NO, CLEAN),
    "an answer in a fence, with words around it": (f"Sure!\n```json\n{NO}\n```\nDone.", CLEAN),
    "an answer behind a thought that holds another": (f"<think>maybe {answer()}</think>\n{NO}", CLEAN),
    "the same answer twice": (f"{NO} {NO}", CLEAN),
    "no error needs no quote and no kind": ('{"why": " All\\nwell. ", "found": false}', CLEAN),
    "an answer without a reason": ('{"found": false}', Answer(found=False)),
    "two answers that differ": (NO + answer(), Unusable(SEVERAL)),
    "words only": ("No error.", Unusable(NO_JSON)),
    "an object without a verdict": ('{"why": "x"}', Unusable(NO_JSON)),
    "a verdict inside another object is none": ('{"answer": {"found": false}}', Unusable(NO_JSON)),
    "an answer that breaks off": (NO[:-1], Unusable(NO_JSON)),
    "a verdict in words": ('{"found": "no"}', Unusable(NO_BOOLEAN)),
    "a verdict in numbers": ('{"found": 0}', Unusable(NO_BOOLEAN)),
    "another kind": (answer(kind="goals"), Unusable(NO_KIND)),
    "no kind": (answer(kind="none"), Unusable(NO_KIND)),
    "an error without a quote": (answer(quote=" "), Unusable(NO_QUOTE)),
    "a quote that is no text": (answer(quote=7), Unusable(NO_QUOTE)),
    "a quote too short": (answer(quote="is"), Unusable(SHORT_QUOTE)),
    "a quote nowhere": (answer(quote="It is not free"), Unusable(NOT_THERE)),
    "a quote in other letters": (answer(quote="it is <b>free</b>"), Unusable(NOT_THERE)),
    "a quote of the user": (answer(quote="only if it is free", line=1), Unusable(NOT_ITS_OWN)),
    "a quote of a tool": (answer(quote="cancelled for 5 euros", line=5), Unusable(NOT_ITS_OWN)),
}


@pytest.mark.parametrize(("text", "expected"), READ.values(), ids=READ)
def test_read(text, expected):
    assert read_answer("misread_task", text, RECORD) == expected


def test_an_answer_cut_off_by_the_limit_says_so_and_one_that_came_before_it_counts():
    assert read_answer("misread_task", NO[:30], RECORD, cut_off=True) == Unusable(CUT_OFF)
    assert read_answer("misread_task", NO + " And", RECORD, cut_off=True) == CLEAN


def test_a_pattern_of_one_kind_needs_no_kind():
    text = json.dumps({"why": "w", "found": True, "quote": "It is <b>free</b>.", "line": 3})
    found = read_answer("result_misuse", text, RECORD)
    assert (found.subtype, found.line.number) == ("misread", 3)


QUOTES = {
    "as it is shown": ("It is < b>free< /b>.", 3, 3),
    "as it was written": ("It is <b>free</b>.", 3, 3),
    "with the number of its line": ("    3| It is <b>free</b>.", 3, 3),
    "other white space": ("I will cancel\n it.", 2, 2),
    "a call with other white space": ('cancel({"order": 7, "why": "asked"})', 4, 4),
    "over two lines": ("cancel it. It is", 2, 2),
    "over two lines, with their numbers": ("2| I will  cancel it.\n3| It is", 2, 2),
    "at another line than it says": ("It is <b>free</b>", 99, 3),
    "of two places the one it says": ("I will cancel it.", 7, 7),
    "of two places the first, if it says neither": ("I will cancel it.", 5, 2),
    "a whole line may be short": ("Ok.", 6, 6),
}


@pytest.mark.parametrize(("quote", "stated", "line"), QUOTES.values(), ids=QUOTES)
def test_a_quote_is_found(quote, stated, line):
    found = read_answer("misread_task", answer(quote=quote, line=stated), RECORD)
    assert isinstance(found, Answer)
    assert found.line.number == line


def test_a_quote_does_not_reach_from_one_turn_into_another_or_over_a_cut():
    assert find_quote("free</b>. cancel", 3, RECORD.lines) == Unusable(NOT_THERE)
    cut = record_of(Trajectory(key="k", id="k", turns=(Step(text="a" * 500 + "b" * 500),)), 300)
    assert find_quote("a" * 10 + "b" * 10, 1, cut.lines) == Unusable(NOT_THERE)


@given(
    st.sampled_from(PATTERNS),
    st.text(max_size=200)
    | st.dictionaries(st.text(max_size=8) | st.just("found"), st.none() | st.booleans() | st.text(max_size=9) | st.integers()).map(
        json.dumps
    ),
)
def test_no_text_is_an_error_and_what_is_found_stands_in_the_models_own_lines(code, text):
    said = read_answer(code, text, RECORD)
    if isinstance(said, Answer) and said.found:
        assert said.line.step is not None


@pytest.mark.parametrize(
    "text", ["{" * 30_000, '{"found": ' + "[" * 30_000, '{"found":' + "9" * 5_000 + "}"], ids=["braces", "depth", "digits"]
)
def test_endless_answers_are_unusable(text):
    assert isinstance(read_answer("misread_task", text, RECORD), Unusable)

"""Which values have a source before the call, and which have none."""

import time

import pytest

from spectool.classify.case import build
from spectool.classify.figures import numbers_in, spoken_numbers
from spectool.classify.grounding import unsupported
from spectool.model import Call, Message, Result, Step, Tool, Trajectory


def without_source(said: str, arguments: dict, *, result: str = "", system: str = "", tool: dict | None = None) -> list:
    """The paths of the values in ``arguments`` that nothing supports, after what was said and an earlier result."""
    turns: list = [Message(role="system", content=system), Message(role="user", content=said)]
    if result:
        turns.append(Step(calls=(Call(name="g", arguments={}, result=Result(content=result)),)))
    sets = ((Tool(name="f", parameters={"type": "object", "properties": tool}),),) if tool else ()
    case = build(Trajectory(key="k", id="t", tool_sets=sets, turns=(*turns, Step(calls=(Call(name="f", arguments=arguments),)))))
    return [path for path, _ in unsupported(case, case.attempts[-1])]


NONE = {
    "an address": ("Mail Ann", {"to": "ann@corp.com"}),
    "an address at a known domain": ("Mail Ann, she is at corp.com", {"to": "bob@corp.com"}),
    "a link": ("Read the news", {"url": "https://api.open-meteo.com/v1"}),
    "an id": ("Cancel my order", {"order": "W88213"}),
    "a small number that identifies": ("Cancel my order", {"order_id": 7}),
    "the text of one": ("Cancel my order", {"order_id": "7"}),
    "a large number": ("Set an alarm", {"volume": 65}),
    "a name": ("Find me a hotel", {"city": "Lisbon"}),
    "a name in a list": ("Find me a hotel", {"cities": ["Lisbon"]}),
    "a name in an object": ("Find me a hotel", {"place": {"city": "Lisbon"}}),
    "a date where nobody counts time": ("Book the hall", {"date": "2026-05-04"}),
    "an end of another year": ("Films released before 2012", {"released_to": "2010-12-31"}),
    "a day of the year before": ("Films released before 2012", {"released_to": "2011-12-30"}),
    "a colour of other numbers": ("What comes nearest to rgb(21, 240, 20)?", {"color": "#15F016"}),
    "a power of ten in the plural": ("Firms with thousands of people", {"people_from": 1000}),
    "an id inside free text": (
        "Thank Ann for her help",
        {"body": "Dear Ann, many thanks for your help with ticket ZX81234 and all the rest"},
    ),
    "a telephone number": ("Call Ann", {"phone": "+44 20 7946 0018"}),
}
SOME = {
    "said": ("Mail ann@corp.com", {"to": "ann@corp.com"}),
    "said in another case": ("mail ANN@corp.com", {"to": "ann@corp.com"}),
    "put together from words said": ("Ann Smith works at corp.com", {"to": "annsmith@corp.com"}),
    "an initial and a name": ("Ann Smith works at corp.com", {"to": "asmith@corp.com"}),
    "an id in two words": ("Cancel flight HAT 136", {"flight": "HAT136"}),
    "a number in words": ("For twelve people", {"n": 12}),
    "a number in several words": ("Room two hundred and fourteen", {"room_number": 214}),
    "a decimal in words": ("It was 81 point 6 kilos", {"weight": 81.6}),
    "a thousand": ("Firms with at least a thousand people", {"people_from": 1000}),
    "before a year": ("Films released before 2012", {"released_to": "2011-12-31"}),
    "after a year": ("Films released after 2012", {"released_from": "2013-01-01"}),
    "a colour in another notation": ("What comes nearest to rgb(21, 240, 20)?", {"color": "#15F014"}),
    "an hour and a half in minutes": ("for an hour and a half", {"minutes": 90}),
    "halfway as a percentage": ("Close the blinds halfway", {"position": 50}),
    "thousands": ("It costs 1,250 euros", {"price": 1250}),
    "a list without blanks": ("The sample is [22,33,42]", {"sample": [22, 33, 42]}),
    "another unit": ("It is 3 km away", {"metres": 3000}),
    "a percentage": ("at 5% interest", {"rate": 0.05}),
    "a sum": ("I have 300 and get 45 more", {"total": 345}),
    "a product": ("3 tickets at 115 each", {"total": 345}),
    "a small count": ("Find me a hotel", {"limit": 5}),
    "a truth value and nothing": ("Find me a hotel", {"cheap": True, "note": None}),
    "a word in lower case": ("Find me a hotel", {"sort": "price"}),
    "a code of the world's": ("Fly from New York to London", {"origin": "JFK", "currency": "GBP"}),
    "coordinates": ("Weather in Paris", {"latitude": 48.8566, "longitude": 2.3522}),
    "a name with more": ("Weather in Paris", {"city": "Paris, France"}),
    "a name by its initials": ("Flights to LA", {"city": "Los Angeles, CA"}),
    "a name in another script": ("我想查北京的天气", {"city": "Beijing"}),
    "the words of another script": ("我想查北京的天气", {"city": "北京"}),
    "an inflected word": ("Find me some comedies", {"genre": "Comedy"}),
    "a month by its short name": ("in Feb, please", {"month": "February"}),
    "a date said in words": ("on May 4th", {"date": "2026-05-04"}),
    "a date said the other way round": ("on 4/5/2026", {"date": "2026-05-04"}),
    "a date that is counted": ("tomorrow", {"date": "2026-05-04"}),
    "a time of day": ("at 3 pm", {"time": "15:00"}),
    "the end of a day": ("on May 4th", {"until": "2026-05-04T23:59"}),
    "a telephone number grouped otherwise": ("My number is 0170 555 0142", {"phone": "01705550142"}),
    "an address's country code": ("My number is 0170 555 0142", {"phone": "+491705550142"}),
    "free text": ("Thank Ann", {"body": "Dear Ann, many thanks for the lovely evening. Yours, Bob"}),
    "nothing was said": ("?", {"order": "W88213"}),
}


@pytest.mark.parametrize(("said", "arguments"), NONE.values(), ids=list(NONE))
def test_without_a_source(said, arguments):
    assert len(without_source(said, arguments)) == 1


@pytest.mark.parametrize(("said", "arguments"), SOME.values(), ids=list(SOME))
def test_with_a_source(said, arguments):
    assert without_source(said, arguments) == []


def test_earlier_results_are_a_source():
    assert without_source("Cancel my order", {"order": "W88213"}, result='{"orders": ["W88213"]}') == []


def test_what_a_user_counts_is_not_lost_among_the_figures_of_a_result():
    figures = str([number * 1.37 for number in range(1000, 1100)])
    assert without_source("Remind me two hours before it starts", {"minutes_before": 120}, result=figures) == []


def test_the_instructions_are_a_source():
    assert without_source("Cancel my order", {"order": "W88213"}, system="The user's last order is W88213.") == []


def test_the_schema_is_a_source():
    tool = {"city": {"type": "string", "description": "A city, such as Lisbon"}, "size": {"type": "integer", "default": 480}}
    assert without_source("Find me a hotel", {"city": "Lisbon", "size": 480}, tool=tool) == []


def test_what_comes_later_is_no_source():
    early = Step(calls=(Call(name="f", arguments={"order": "W88213"}, result=Result(content="W88213")),))
    turns = (Message(role="user", content="Cancel my order"), early, Message(role="user", content="W88213"), early)
    case = build(Trajectory(key="k", id="t", turns=turns))
    assert [len(list(unsupported(case, attempt))) for attempt in case.attempts] == [1, 0]


def test_the_paths_lead_to_the_values():
    assert without_source("Find hotels", {"a": {"b": ["Lisbon", "Porto"]}}) == [("a", "b", 0), ("a", "b", 1)]


def test_slips_against_the_schema_are_left_out():
    tool = {"city": {"type": "string", "enum": ["Rome"]}}
    assert without_source("Find me a hotel", {"city": "Lisbon", "mood": "Saudade"}, tool=tool) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("two hundred and fourteen", {2, 100, 14, 214}),
        ("eighty-one", {80, 1, 81}),
        ("twenty five thousand", {20, 5, 25_000}),
        ("81 point 6", {81.6}),
        ("five", {5}),
        ("a thousand", {1_000}),
        ("half a million", {0.5, 1.5, 500_000, 1_000_000}),
        ("a hundred thousand", {100, 100_000}),
        ("two and a half thousand", {2, 0.5, 1.5, 2_500}),
        ("a minute", {1}),
        ("an hour and a half", {1, 0.5, 1.5}),
        ("a fortnight", {1, 2, 14}),
        ("three fortnights", {3, 6, 42}),
        ("the day, thousand upon thousand", set()),
        ("none at all", set()),
    ],
)
def test_numbers_in_words(text, numbers):
    assert set(spoken_numbers(text)) == numbers


@pytest.mark.parametrize(("text", "numbers"), [("1,250.5", {1250.5, 1, 250.5}), ("22,33", {2233, 22, 33}), ("a1b", {1}), ("9" * 60, set())])
def test_numbers_in_figures(text, numbers):
    assert set(numbers_in(text)) == numbers


def test_the_work_grows_with_the_conversation_and_not_with_its_square():
    def seconds(turns: int) -> float:
        said = [Message(role="user", content=f"Order W{i:05} of {i} pieces for customer {i * 7}") for i in range(turns)]
        calls = [Step(calls=(Call(name="f", arguments={"order": f"W{i:05}", "n": i * 7}),)) for i in range(turns)]
        case = build(Trajectory(key="k", id="t", turns=tuple(turn for pair in zip(said, calls, strict=True) for turn in pair)))
        start = time.process_time()
        found = [path for attempt in case.attempts for path in unsupported(case, attempt)]
        assert found == []
        return time.process_time() - start

    assert min(seconds(2_000) for _ in range(3)) < 20 * min(seconds(200) for _ in range(3)) + 0.02


@pytest.mark.parametrize("part", ["a", "1", "a1", "a.", "A ", "1:", "1/", "a@", "http://"])
def test_a_long_value_takes_no_long(part):
    start = time.process_time()
    without_source("Cancel my order", {"order": part * 40_000})
    without_source(part * 40_000, {"order": "W88213"})
    assert time.process_time() - start < 3.0  # tenths of a second where nothing is quadratic

"""refusal: the model declined, where no call was made in that step."""

import json

from tests.classify.build import outcome, tables

STEP = "$.turns[1]"


def said(text: str, finish: str = "stop") -> str:
    return f'{{"turns": ["?", {{"say": {json.dumps(text)}, "finish": "{finish}"}}]}}'


FLAGGED = {
    "cannot help": (said("I'm sorry, but I can't help with that."), [(STEP, "refused", "likely")]),
    "is not able to": (said("Unfortunately, I am unable to book flights."), [(STEP, "refused", "likely")]),
    "the interface marks it": (said("", "refusal"), [(STEP, "refused")]),
    "a filter stopped it": (said("...", "content_filter"), [(STEP, "refused")]),
}

CLEAN = {
    "an answer": said("It is sunny in Paris."),
    "a question back": said("Which city do you mean?"),
    "an apology with an answer": said("Sorry for the wait: it is sunny."),
    "a refusal told as a story": said("The clerk said: I cannot help you."),
    "a call beside the words": '{"turns": ["?", {"say": "I can\'t help but look.", "calls": [{"get_time": {"city": "Paris"}}]}]}',
    "nothing said": said(""),
}

test_flagged, test_clean = tables("refusal", FLAGGED, CLEAN)


def test_the_steps_without_a_call_are_the_opportunities():
    assert outcome('{"turns": ["?", {"say": "a"}, [{"poke": {}}], {"say": "b"}]}', "refusal").assessed == 2

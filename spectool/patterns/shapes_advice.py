"""What to do about a shape, in one sentence: the first thing to look at or to train, for each pattern and the subtypes that need another.

Advice is about the next step, not about blame: where a prompt, a parser or a schema is the cheaper cure, that comes first.
"""

from __future__ import annotations

from collections.abc import Mapping

# By "error.subtype", else by "error"; a piece of the shape's text that changes the advice comes in ``_OF_TEXT``.
ADVICE: Mapping[str, str] = {
    "IFE": (
        "Give the call syntax with one example in the prompt, or let the engine constrain decoding to it; train on rows in that syntax."
    ),
    "IFE.wrapped": (
        "Let the parser take the call out of the text around it, which is good as it stands, or ask for calls and nothing else."
    ),
    "IFE.other_syntax": (
        "Tell the model the syntax, literals included, or parse the one it was trained in; then train on rows in the syntax asked for."
    ),
    "IFE.positional": "Say that every argument needs its name, with an example; train on rows that name them.",
    "IFE.truncated": (
        "Look at stop tokens and the limit of new tokens first: a call that breaks off without a length stop is often cut by one."
    ),
    "IFE.in_reasoning": "Check that the template closes the reasoning before the call; train on rows whose call follows the reasoning.",
    "IFE.bad_shape": "Show the form of a call (a name and an object of arguments) in the prompt; constrained decoding cures it.",
    "IFN": (
        "Train on rows with distractor tools whose only right name is one that is offered; constrained decoding of names cures it at once."
    ),
    "IFN.near_miss": (
        "See whether the template or the parser rewrites names; else accept the unambiguous one, and train with names copied exactly."
    ),
    "IFN.not_offered": "Train on conversations whose tools change; keep withdrawn tools out of the prompt's history.",
    "IAN": "Train on rows that copy argument names from the schema, with schemas whose names differ from the usual ones.",
    "IAN.near_miss": (
        "See whether the template or the parser rewrites names; else rename the argument to what models expect, or train it."
    ),
    "IAN.misplaced": "Flatten the schema, or train on rows with nested arguments.",
    "IAN.other_tool": "Similar tools are mixed up: make their descriptions say what differs, and train on rows that offer both.",
    "IAT": "Train on rows whose values have the declared type; constrained decoding against the schema cures it.",
    "IAT.coercible": "Coerce the text in the harness, which loses nothing; train on rows with bare numbers and booleans.",
    "IAT.null": "Train on rows that leave optional arguments out instead of passing null.",
    "IAT.container": "Say in the description whether one value or a list is meant; train on rows with one-item lists.",
    "IAV": "Train on rows whose values follow from the request; look at some first, since gold may accept too little.",
    "IAV.missing_required": "Train on rows where the model asks for what is missing, or finds it in the conversation, before it calls.",
    "IAV.placeholder": "Train on rows where an unknown value is asked for or looked up by another tool, never made up.",
    "IAV.outside_enum": (
        "Train on rows that map the user's words onto the listed values; constrained decoding against the schema cures it."
    ),
    "IAV.outside_bounds": "State the bounds in the description and train on rows near them; constrained decoding may cure it.",
    "IAV.premature_dependency": "Train on rows that make dependent calls one after the other, with the first result in view.",
    "IAV.stale_value": "Train on conversations in which the user corrects a value before the call.",
    "IAV.omitted": "Train on rows where the request states an optional argument in passing.",
    "IAV.boolean_flipped": "Say in the description what true and false mean, and the default; train on both.",
    "IAV.unexpected": (
        "Train on rows that leave optional arguments out unless the request speaks of them; check that gold allows the value."
    ),
    "IAV.scale": "Give the unit and an example in the argument's description; train on rows where the request has another unit.",
    "IAV.format_variant": "Give the form with an example in the argument's description; if any form will do, widen the gold.",
    "IAV.reordered": "Train on rows with several values of one kind; name arguments so that their roles are plain.",
    "IAV.partial": "Train on rows that copy values whole and unadorned; check that the description says how much belongs to the value.",
    "IAV.other": (
        "Look at the examples: a value from elsewhere in the request, a wrong reading of the argument, or gold that accepts one of several."
    ),
    "IAV.ungrounded": "Look at the examples for values that nobody gave; train on rows where the model asks or looks up.",
    "IAC": "Train on requests that need several calls, up to the last one.",
    "IAC.no_call": "Look at what the model said instead; train on rows where a call is due at once, and check that it saw the tools.",
    "IAC.missing_parallel": (
        "See whether the parser keeps only the first call; else train on requests with several independent calls in one turn."
    ),
    "IAC.stopped_early": "Train on long runs that go on after a result or an error; check the limit of steps.",
    "RAC": "Train on runs that use a result instead of asking for it again; let the harness say that the call was made already.",
    "RAC.same_batch": "Drop equal calls of one batch in the harness; train on lists in which each item is called for once.",
    "RAC.retry_same_error": "Give errors that say what to change; train on runs that mend the call after an error.",
    "wrong_tool": ("Make the descriptions of the two tools say what differs; train on rows that offer both, with either as the right one."),
    "wrong_tool.forced": "Check that the harness passes tool_choice on; train on rows with a forced tool.",
    "unneeded_call": (
        "Train on requests that no tool fits, where the right turn is to say so or to ask; check that refusing is allowed by the prompt."
    ),
    "unneeded_call.tool_choice_none": "Check that the harness passes tool_choice on, or offer no tools where none may be called.",
    "extra_call": (
        "Look whether the call does harm: if it only reads, gold may be too narrow; else train on rows that stop when all is done."
    ),
    "wrong_order": "Train on tasks whose calls depend on each other; say in the description what must come before.",
    "ignored_tool_error": "Train on runs with failing tools whose answer tells the failure.",
    "unrecovered_error": "Train on runs that recover from this error; let the tool's reply say what would work.",
    "constraint_violation": "Enforce the limit in the harness, where it is known; train on requests with it.",
    "budget_limit": "Look whether the run was going in circles; else raise the limit.",
    "wrong_answer": "Train on final answers that quote the results they rest on.",
    "incomplete_answer": "Train on final answers that go through every part of the request.",
    "missing_clarification": "Train on requests with a gap, where the right turn is a question.",
    "misread_task": "Train on requests with conditions, each of which changes the calls.",
    "result_misuse": "Train on results with several similar fields, of which one is asked for.",
    "fabricated_output": "Train on runs in which nothing was found or done, and the answer says so.",
    "policy_violation": "Train on requests that the policy forbids; put the rule next to the tool it is about.",
    "tool_error": ("Read the reply: if the call was good, mend the tool or its environment; else train on the rule that the reply states."),
    "refusal": ("Look whether the request may be refused; if not, train on it, and look for words in the prompt that make the model shy."),
    "lost_call": "Mend the parser or the harness: calls in the text did not reach the record.",
    "truncated": "Raise the limit of new tokens or shorten the reasoning, and run these again before counting them.",
    "inference_error": "Mend the harness or the engine and run these again before counting them.",
    "name_alias": "Translate names back before judging; no fault of the model.",
    "schema_unresolvable": "Mend the tool's schema: its references lead nowhere.",
}
# A piece of a shape's text, and what it tells more exactly than the subtype; the first that fits.
_OF_TEXT: tuple[tuple[str, str], ...] = (
    (
        "got it with more after a comma",
        "The model completes the value (a state, a country): say in the description how it is written, and train on values copied as said.",
    ),
    (
        "only what stands before its comma",
        "The model drops what stands after the comma (a state, a country): say in the description how the value is written, and "
        "train on it.",
    ),
    (
        "the same day of another year",
        "The model guesses the year: put today's date into the prompt, and train on dates relative to it.",
    ),
    (
        "the day after",
        "The end of a range is off by a day: say in the description whether it is inclusive.",
    ),
    (
        "the day before",
        "A date is off by a day: say in the description whether ranges are inclusive, and put today's date into the prompt.",
    ),
    (
        "without its prefix and dot",
        "The value is a qualified name of the programming language: say that the prefix belongs to it, or widen the gold.",
    ),
    (
        "expected an identifier, got an object",
        "Gold names a variable of the code and the model writes its content: say which is wanted, or widen the gold.",
    ),
    (
        "expected an identifier, got a list",
        "Gold names a variable of the code and the model writes its content: say which is wanted, or widen the gold.",
    ),
    (
        "got its content as a text",
        "The value is right but quoted as one text: parse it in the harness, and train on bare lists and objects.",
    ),
    (
        "whose domain is reserved for examples",
        "The model makes an address up: train on rows where it is asked for, or looked up by another tool.",
    ),
    (
        "got string that says the same",
        "Coerce the text in the harness, which loses nothing; train on rows with bare numbers and booleans.",
    ),
    (
        "expected a Python literal, got 'true'",
        "The model writes JSON literals in Python: accept both in the parser, and train on True, False and None.",
    ),
    (
        "expected a Python literal, got 'false'",
        "The model writes JSON literals in Python: accept both in the parser, and train on True, False and None.",
    ),
    (
        "got unexpected keyword",
        "The tool was called with an argument that it does not have: see IAN at the same call.",
    ),
)


def advice(error: str, subtype: str, text: str = "") -> str:
    """What to do about a shape; for a pattern of a newer taxonomy, to look at its examples."""
    for piece, todo in _OF_TEXT:
        if piece in text:
            return todo
    return (
        ADVICE.get(f"{error}.{subtype}") or ADVICE.get(error) or "Look at the examples; nothing is known yet about what cures this pattern."
    )

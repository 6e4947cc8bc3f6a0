"""How BFCL judges calls against a question: the first error wins, and the order of the checks is part of the rule.

A call: name, required arguments, then each argument as written (declared at all, type, value), at last the ones left out. One call is due:
their number first. Several are due: their number, then for each due call, in order, the first call left that is right.

Source: Patil et al., The Berkeley Function Calling Leaderboard (ICML 2025); rules of the released ``ast_checker``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import UNSET

from spectool.classify.compat.bfcl_question import Allowed, Answer, Asked, Function, Parameter
from spectool.classify.compat.bfcl_values import OPTIONAL, Stops, type_slip, value_slip
from spectool.read.record import quoted

Calls = Sequence[tuple[str, Mapping[Any, Any]]]
PYTHON_TYPES: Mapping[str, type] = {
    "string": str, "integer": int, "float": float, "boolean": bool, "array": list, "tuple": list, "dict": dict, "any": str,
}  # fmt: skip
_SEQUENCES = ("array", "tuple")


class Slip(NamedTuple):
    """BFCL's label of the first error, where it is, and the labels behind a summary one."""

    label: str
    reason: str
    sub_labels: tuple[str, ...] = ()


Kinds = Callable[[Parameter, Any], tuple[Any, type, type | None] | str]
"""The value as a language's rule compares it, the types declared for it and its items; or the label of an argument that is none."""


Accepts = Callable[[Parameter | None, Any, Allowed | None], bool]
"""Whether an argument (``UNSET``: one left out) is right beside what is allowed (``None``: the answer does not have it)."""


class Attempt(NamedTuple):
    """One turn held against one question.

    ``calls`` is ``None`` where none were found, ``problem`` why decoding failed (empty: it did not); ``kinds`` knows the types of the
    question's language; ``renamed`` says that dots in names were replaced before the model saw them; ``accepts`` admits more than BFCL.
    """

    asked: Asked
    calls: Sequence[tuple[str, Any]] | None
    problem: str
    kinds: Kinds
    renamed: bool = False
    accepts: Accepts | None = None


def python_kinds(parameter: Parameter, value: Any) -> tuple[Any, type, type | None]:
    """The value as it is compared, and the types declared for it and for its items.

    Raises:
        Stops: the type is none of BFCL's.
    """
    expected = PYTHON_TYPES.get(parameter.type)
    item = PYTHON_TYPES.get(parameter.item or "") if parameter.type in _SEQUENCES else None
    if expected is None or (item is None and parameter.type in _SEQUENCES):
        raise Stops(f"expected a type of BFCL's, got '{parameter.type}'")
    if parameter.type == "tuple" and isinstance(value, tuple):
        value = list(value)
    if parameter.type == "float" and type(value) is int:
        value = _float(value)
    return value, expected, item


def _float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:
        raise Stops("expected a number that a float can hold, got a larger one") from None


def calls_slip(tried: Attempt, calls: Calls) -> Slip | None:
    """BFCL's first error in ``calls``, ``None`` where it passes them.

    Raises:
        Stops: its checker has no answer.
    """
    asked = tried.asked
    if "parallel" in asked.category:
        return _in_any_order(tried, calls)
    several = "multiple" in asked.category
    if len(calls) != (len(asked.answers) if several else 1):
        return _wrong_count("multiple_function_checker" if several else "simple_function_checker", calls, len(asked.answers))
    if not asked.answers or not asked.functions:
        raise Stops("expected an answer and a function in the question, got none")
    answer = asked.answers[0]
    return call_slip(tried, _function(asked, answer) if several else asked.functions[0], answer, calls[0])


def _wrong_count(checker: str, calls: Calls, due: int) -> Slip:
    return Slip(f"{checker}:wrong_count", f"expected {due} calls, got {len(calls)}")


def _function(asked: Asked, answer: Answer) -> Function:
    for function in asked.functions:
        if function.name == answer.name:
            return function
    raise Stops(f"expected the answer to call a function of the question, got '{answer.name}'")


def _in_any_order(tried: Attempt, calls: Calls) -> Slip | None:
    checker = "parallel_function_checker_no_order"
    asked = tried.asked
    if len(calls) != len(asked.answers):
        return _wrong_count(checker, calls, len(asked.answers))
    left = list(range(len(calls)))
    for number, answer in enumerate(asked.answers):
        function = _function(asked, answer)
        labels = []
        for index in left:
            slip = call_slip(tried, function, answer, calls[index])
            if slip is None:
                left.remove(index)
                break
            labels.append(slip.label)
        else:
            return Slip(f"{checker}:cannot_find_match", f"expected a call as answer {number} has it, got none", tuple(labels))
    return None


def call_slip(tried: Attempt, function: Function, answer: Answer, call: tuple[str, Mapping[Any, Any]]) -> Slip | None:
    """The first error of one call held against one answer."""
    name, arguments = call
    if name not in ({function.name, function.name.replace(".", "_")} if tried.renamed else {function.name}):
        return Slip("simple_function_checker:wrong_func_name", f"expected a call of '{function.name}', got '{name[:80]}'")
    for required in function.required:
        if required not in arguments:
            return Slip("simple_function_checker:missing_required", f"expected the argument '{required}', got none")
    for given, value in arguments.items():
        if slip := _argument_slip(tried, function, answer, given, value):
            return slip
    for due, allowed in answer.arguments.items():
        if due not in arguments and OPTIONAL not in allowed:
            if tried.accepts is not None and tried.accepts(function.parameters.get(due), UNSET, allowed):
                continue
            return Slip("simple_function_checker:missing_optional", f"expected the argument '{due}', got none")
    return None


def _shown(value: Any) -> str:
    try:
        return quoted(value)
    except TypeError:  # Python's objects may have keys that JSON's have not
        return quoted(str(value))
    except ValueError:  # Python writes no decimal number of thousands of digits
        return "a number of too many digits"


def _argument_slip(tried: Attempt, function: Function, answer: Answer, name: Any, value: Any) -> Slip | None:
    parameter, allowed = function.parameters.get(name), answer.arguments.get(name)
    if tried.accepts is not None and tried.accepts(parameter, value, allowed):
        return None
    if parameter is None or allowed is None:
        return Slip("simple_function_checker:unexpected_param", f"expected no argument '{str(name)[:80]}'")
    kinds = tried.kinds(parameter, value)
    if isinstance(kinds, str):
        return Slip(kinds, f"expected text of the question's language for '{name}', got {_shown(value)}")
    value, expected, item = kinds
    label, variable = type_slip(value, expected, item, allowed)
    if label is None:
        label = value_slip(value, expected, item, allowed, variable=variable)
    return Slip(label, f"expected one of {quoted(list(allowed))} for '{name}', got {_shown(value)}") if label else None

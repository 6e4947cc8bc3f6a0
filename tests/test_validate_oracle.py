"""violations against the validator itself: on schemas and values drawn at random, the two agree on what is valid."""

import jsonschema_rs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spectool.references import at
from spectool.schema import normalise
from spectool.validate import shape_of, violations
from spectool.violations import explain

NAMES = ("a", "b", "c", "kind")
scalars = st.one_of(st.none(), st.booleans(), st.integers(-3, 3), st.sampled_from([0.5, 2.0, "", "a", "ab", "3", "true", "2024-01-01"]))
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3), max_leaves=6
)
arguments = st.dictionaries(st.sampled_from(NAMES), values, max_size=4)

types = st.sampled_from(["string", "integer", "number", "boolean", "null"])
leaves = st.one_of(
    types.map(lambda kind: {"type": kind}),
    st.lists(types, min_size=1, max_size=2, unique=True).map(lambda kinds: {"type": kinds}),
    st.lists(scalars, min_size=1, max_size=3, unique_by=repr).map(lambda options: {"enum": options}),
    scalars.map(lambda option: {"const": option}),
    st.integers(-2, 2).map(lambda bound: {"type": "integer", "minimum": bound}),
    st.integers(-2, 2).map(lambda bound: {"type": "number", "exclusiveMaximum": bound}),
    st.integers(0, 2).map(lambda bound: {"type": "string", "maxLength": bound}),
    st.sampled_from([{"type": "string", "pattern": "^a"}, {"type": "string", "format": "date"}, {"type": "array"}, {"type": "object"}, {}]),
    st.sampled_from([{"$ref": "#/$defs/D"}, {"$ref": "#/$defs/E"}]),
    st.just({"type": "string", "enum": ["a", "ab"]}),
)


def objects(inner):
    properties = st.dictionaries(st.sampled_from(NAMES), inner, max_size=3)
    required = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
    further = st.one_of(
        st.just({}),
        st.sampled_from([{"additionalProperties": False}, {"additionalProperties": True}, {"propertyNames": {"maxLength": 1}}]),
        inner.map(lambda schema: {"additionalProperties": schema}),
        inner.map(lambda schema: {"patternProperties": {"^[ab]$": schema}}),
        st.just({"dependentRequired": {"a": ["b"]}}),
        inner.map(lambda schema: {"dependentSchemas": {"a": schema}}),
        st.integers(0, 2).map(lambda n: {"minProperties": n}),
        st.tuples(inner, inner, inner).map(lambda three: {"if": three[0], "then": three[1], "else": three[2]}),
    )
    return st.builds(lambda p, r, f: {"type": "object", "properties": p, "required": r, **f}, properties, required, further)


def composed(inner):
    lists = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        objects(inner),
        inner.map(lambda schema: {"type": "array", "items": schema}),
        lists.map(lambda branches: {"type": "array", "prefixItems": branches, "items": False}),
        inner.map(lambda schema: {"type": "array", "contains": schema, "uniqueItems": True}),
        lists.map(lambda branches: {"anyOf": branches}),
        lists.map(lambda branches: {"oneOf": branches}),
        lists.map(lambda branches: {"allOf": branches}),
        inner.map(lambda schema: {"not": schema}),
    )


schemas = st.recursive(leaves, composed, max_leaves=6)
# A definition that refers to itself does so below a key, as every real one does.
definitions = st.fixed_dictionaries(
    {"D": objects(leaves), "E": st.recursive(leaves.filter(lambda s: "$ref" not in s), objects, max_leaves=3)}
)


@st.composite
def parameters(draw):
    root = draw(objects(schemas))
    if draw(st.booleans()):
        root.update(
            draw(
                st.sampled_from(["anyOf", "oneOf", "allOf"]).flatmap(
                    lambda key: st.lists(objects(schemas), min_size=1, max_size=2).map(lambda b: {key: b})
                )
            )
        )
    return normalise({**root, "$defs": draw(definitions)})


def is_excused(error) -> bool:
    """What the validator refuses and we do not: keys of closed parts joined by allOf, a value that several branches of a oneOf admit."""
    kind = error.kind.name
    if kind in ("anyOf", "oneOf"):
        return any(not branch for branch in error.kind.context) or any(all(map(is_excused, branch)) for branch in error.kind.context)
    if kind == "required":  # jsonschema-rs 0.60 calls missing what is there, in a closed object that does not declare it
        return error.kind.property in error.instance
    return kind in ("additionalProperties", "falseSchema")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(parameters(), arguments)
def test_violations_are_what_the_validator_refuses_and_the_keys_that_nothing_declares(schema, given_arguments):
    errors = list(jsonschema_rs.Draft202012Validator(schema, validate_formats=True).iter_errors(given_arguments))
    found = violations(shape_of(schema), given_arguments)
    if not errors:
        assert [v for v in found if v.kind != "unknown"] == []
    elif not all(map(is_excused, errors)):
        assert [v for v in found if v.kind != "unknown" or v.sure] != []


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(parameters(), arguments)
def test_the_plain_reading_settles_nothing_that_would_be_explained(schema, given_arguments):
    assert violations(shape_of(schema), given_arguments) == explain(schema, given_arguments)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(parameters(), arguments)
def test_every_violation_leads_to_its_place_once(schema, given_arguments):
    found = violations(shape_of(schema), given_arguments)
    for violation in found:
        holder = at(given_arguments, violation.path[:-1]) if violation.kind == "missing" else None
        assert (isinstance(holder, dict) and violation.path[-1] not in holder) or violation.got == at(given_arguments, violation.path)
    assert len({(violation.kind, violation.path) for violation in found}) == len(found)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(parameters(), arguments)
def test_the_order_of_keys_changes_nothing_but_the_order(schema, given_arguments):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(item) for item in value] if isinstance(value, list) else value

    first = violations(shape_of(schema), given_arguments)
    second = violations(shape_of(schema), turned(given_arguments))
    assert sorted((v.kind, v.path, v.sure) for v in first) == sorted((v.kind, v.path, v.sure) for v in second)

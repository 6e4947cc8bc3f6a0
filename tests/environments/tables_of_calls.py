"""What tables of calls say of an environment: whole results, what searches find, refusals, and the state that calls leave."""

import msgspec
import pytest

from spectool.environments.core.errors import ToolError


def plain(result):
    """As a model reads it."""
    return msgspec.json.decode(msgspec.json.encode(result))


def returned(env, tool, arguments):
    return plain(env.call(env.fresh(), tool, arguments))


def found(env, tool, arguments, key, id):
    """The ids under ``key``, and how many there are in all."""
    result = env.call(env.fresh(), tool, arguments)
    return [row[id] for row in result[key]], result.get("total", len(result[key]))


def refused(env, tool, arguments):
    return _refusal(env, env.fresh(), tool, arguments)


def changed(env, calls):
    """What the last of ``calls`` returns, and what all of them changed."""
    state = env.fresh()
    results = [env.call(state, tool, arguments) for tool, arguments in calls]
    return plain(results[-1]), plain(state.changes())


def refused_after(env, calls):
    """How the last of ``calls`` is refused, which must leave the state as it is."""
    state = env.fresh()
    for tool, arguments in calls[:-1]:
        env.call(state, tool, arguments)
    before = plain(state.changes())
    refusal = _refusal(env, state, *calls[-1])
    assert plain(state.changes()) == before
    return refusal


def _refusal(env, state, tool, arguments):
    with pytest.raises(ToolError) as refusal:
        env.call(state, tool, arguments)
    return refusal.value.code, refusal.value.message

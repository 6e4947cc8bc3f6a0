"""Where a finding is, as people say it: the argument's name, without the way to its call."""

from __future__ import annotations

import re

_CALL = re.compile(r"^\$(\.turns\[\d+\](\.calls\[\d+\])?)?(\.arguments)?\.?")
_QUOTED_KEY = re.compile(r"""\[(['"])(.*?)\1\]""")


def plain_path(path: str) -> str:
    """A path without its way to the call and without quotes: ``$.turns[1].calls[0].arguments['a b'][0]`` is ``a b[0]``."""
    return _QUOTED_KEY.sub(r".\2", _CALL.sub("", path)).removeprefix(".")


def placed(path: str, message: str) -> str:
    """A finding's message behind the argument it is about, e.g. ``city: expected 'Ulm', got 'Bonn'``; alone where it is about none."""
    argument = plain_path(path)
    return f"{argument}: {message}" if argument else message

"""Whether calling a tool changes anything, guessed from its name where no log or schema says it.

The first word of the name's last part decides: ``calendar.delete_event`` and ``deleteEvent`` begin with a verb of change, ``get_weather``
with one of looking. A name that begins with neither (``spotify``, ``factorial``) stays ``unknown``, which counts as a possible change
wherever that matters. Handing a conversation over to people (``transfer_to_human_agents``) changes no record, so it counts as looking.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spectool.model import Effect

_READS = """
analyze browse calc calculate cat check classify compare compute convert count describe detect diff display echo estimate evaluate explain
extract fetch filter find get grep has identify inspect is list locate lookup ls measure monitor parse peek pwd query read recommend
retrieve scan search show solve sort suggest summarize tail think total translate validate verify view wc
"""
_WRITES = """
accept activate add allocate append apply approve archive assign authenticate block book buy cancel cd change charge checkout clear close
commit configure connect copy cp create deactivate decline delete deploy deposit disable disconnect drop edit enable enroll exchange
execute fill forward initialize insert install invite join kill launch lock log login logout mark merge mkdir modify move mv order pause
pay place play post publish purchase push put record refund register reject release remove rename reply reschedule reserve reset resolve
restart resume return revoke rm rmdir run save schedule sell send set share start stop submit subscribe swap switch sync synchronize
terminate touch transfer trigger turn unblock uninstall unlock unsubscribe update upload withdraw write
"""
READS = frozenset(_READS.split())
WRITES = frozenset(_WRITES.split())
_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_PEOPLE = frozenset({"human", "humans", "person", "operator", "representative"})


@lru_cache(maxsize=8192)
def effect_of(name: str) -> Effect:
    """``read``, ``write`` or ``unknown``, by the verb that a tool's name begins with."""
    last = re.split(r"[./:]|__", name)[-1]
    words = [word.lower() for word in _WORDS.findall(last)]
    if not words:
        return "unknown"
    if words[0] in ("transfer", "escalate") and _PEOPLE & set(words):
        return "read"
    return "read" if words[0] in READS else "write" if words[0] in WRITES else "unknown"

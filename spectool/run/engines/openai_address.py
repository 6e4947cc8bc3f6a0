"""Where a chat completions server is, and the key for it: what the user passes and what the environment holds."""

from __future__ import annotations

import os
import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from spectool.run.engines.engine import EngineError

ADDRESS, KEY = "OPENAI_BASE_URL", "OPENAI_API_KEY"
EXAMPLE = "http://localhost:8000/v1"


def base_url(chosen: str | None) -> str:
    """The address to use: the one chosen, else the environment's, without a slash at its end.

    Raises:
        EngineError: there is none, or it is no plain http address.
    """
    address = (chosen or os.environ.get(ADDRESS, "")).strip().rstrip("/")
    if not address:
        raise EngineError(f"engine 'openai' needs a server's address: pass --base-url {EXAMPLE} or set {ADDRESS}")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise EngineError(f"expected an address such as {EXAMPLE}, got '{address[:80]}'") from None
    if parts.username is not None or parts.query:
        # It goes into the journal.
        raise EngineError(f"the server's address holds more than an address; keys and the like belong into {KEY}")
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or parts.fragment or not address.isascii():
        raise EngineError(f"expected an address such as {EXAMPLE}, got '{address[:80]}'")
    return address


def key() -> str:
    """The key; empty where none is set, as local servers want it.

    Raises:
        EngineError: it holds what no key does.
    """
    found = os.environ.get(KEY, "").strip()
    if not re.fullmatch(r"[!-~]*", found):
        # The client would say so with the key in its message.
        raise EngineError(f"{KEY} holds spaces or other characters that no key has; set it anew")
    return found


def is_here(address: str) -> bool:
    """Whether an address is this machine's own."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

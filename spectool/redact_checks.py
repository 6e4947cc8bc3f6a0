"""Whether what looks like a secret, a card or an address is one: check digits, ranges, and what no value ever is."""

from __future__ import annotations

import re
from ipaddress import ip_address


def luhn(text: str) -> bool:
    """Whether the digits are a card number by their check digit. Source: ISO/IEC 7812-1, annex B."""
    digits = [int(each) for each in text if each.isdigit()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return 13 <= len(digits) <= 19 and len(set(digits)) > 1 and (sum(digits[::-2]) + sum(doubled)) % 10 == 0


def mod_97(text: str) -> bool:
    """Whether it is an account number by its check digits. Source: ISO 13616 (IBAN), ISO 7064 MOD 97-10."""
    bare = "".join(text.split())
    return 15 <= len(bare) <= 34 and int("".join(str(int(each, 36)) for each in bare[4:] + bare[:4])) % 97 == 1


def is_address(text: str) -> bool:
    """Whether it is an IP address. Source: RFC 791, RFC 4291."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return "." in text or len(text) > 6


def is_value(text: str) -> bool:
    """Whether a value given under a telling name is one, and no type, placeholder or variable."""
    plain = text.strip("\"'`.,;:*").casefold()
    placeholder = plain[:1] in _OPENING and plain[:2] not in _CONTAINER
    return len(set(plain)) > 2 and not (_WORDS.fullmatch(plain) or placeholder or "your" in plain or "redacted" in plain)


def is_key(text: str) -> bool:
    """Whether such a value is random enough for a key: it has digits and letters, or is long."""
    mixed = any(map(str.isdigit, text)) and any(map(str.isalpha, text))
    return is_value(text) and (mixed or (len(text) >= 20 and not text.replace("_", "").replace("-", "").isalpha()))


def has_digit(text: str) -> bool:
    """Of prose: "the password is wrong" holds none."""
    return is_value(text) and any(map(str.isdigit, text))


# Placeholders begin so; a list or an object of texts in JSON does not.
_OPENING, _CONTAINER = frozenset("<{[$%("), ('["', '{"')
_WORDS = re.compile(
    "string|integer|number|boolean|object|array|none|null|true|false|undefined|required|optional|default|empty|password|secret|token"
    "|example|invalid|incorrect|wrong|missing|valid|changed|reset"
)


def has_sign(text: str) -> bool:
    """Of what a schema may say instead: "the password of the user" holds neither a digit nor a sign."""
    return is_value(text) and any(not (each.isalpha() or each in " .,") for each in text)

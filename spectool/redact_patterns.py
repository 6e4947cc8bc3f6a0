"""What secrets and personal data look like in logs: one table, a row a kind, each with where its form is from.

Forms are those that their makers publish and that scanners agree on; what has no form (a bare hash, a random id) is left alone, since order
ids, hashes and dates are what a reader needs. A repeat without an upper end is the last that must match in its expression, so that what it
read is not read again: the work grows with the text, never with its square.

Source: the vendors' documentation; the rules of gitleaks (https://github.com/gitleaks/gitleaks) and of detect-secrets
(https://github.com/Yelp/detect-secrets) for which forms matter.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from spectool.redact_checks import has_digit, has_sign, is_address, is_key, is_value, luhn, mod_97

GITLEAKS = "gitleaks"
DETECT_SECRETS = "detect-secrets"
# Between a name and its value, or the first of a list: JSON (also within a string), YAML, Python, shells, headers, query strings.
_GIVEN = r"""["'\\]{0,4}\s{0,4}(?:=>|:=|[:=])\s{0,4}(?:\[\s{0,4})?["'\\]{0,4}"""
_KEY = r"[\w.~+/%-]"
# Not within a longer word.
_START = r"(?<![A-Za-z0-9])"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of secret, ``name`` as it stands in the text afterwards.

    ``regex``: what is replaced, or its group ``secret`` alone. ``hints``: the text must hold one of these, in small letters, else the
    expression is not tried. ``personal``: only with ``pii``. ``checked``: whether a match is one indeed.
    """

    name: str
    regex: str
    source: str
    hints: tuple[str, ...] = ()
    personal: bool = False
    checked: Callable[[str], bool] | None = None


KINDS: tuple[Kind, ...] = (
    Kind(
        name="private key",
        regex=r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[A-Za-z0-9+/=\s:,.()]|-(?!-)|\\[nr])*"
        r"(?:-----END [A-Z0-9 ]{0,40}-----)?",
        source="RFC 7468; RFC 9580 (OpenPGP)",
        hints=("private key",),
    ),
    Kind(
        name="AWS key",
        regex=_START + r"(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}(?![A-Za-z0-9])",
        source=f"AWS: unique identifiers of IAM; {GITLEAKS} aws-access-token",
        hints=("akia", "asia", "abia", "acca", "a3t"),
    ),
    Kind(
        name="Google key",
        regex=_START + r"(?:AIza[\w-]{35}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})",
        source=f"Google Cloud: API keys, OAuth; {GITLEAKS} gcp-api-key",
        hints=("aiza", "ya29.", "gocspx-"),
    ),
    Kind(
        name="Azure key",
        regex=r"AccountKey=(?P<secret>[A-Za-z0-9+/]{40,}={0,2})",
        source=f"Azure Storage: connection strings; {DETECT_SECRETS} azure_storage_key",
        hints=("accountkey=",),
    ),
    Kind(
        name="GitHub token",
        regex=_START + r"(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,})",
        source=f"GitHub: token formats; {GITLEAKS} github-pat",
        hints=("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    ),
    Kind(name="GitLab token", regex=_START + r"gl(?:pat|oas|dt|rt|cbt|ptt|ft|soat|imt|agent)-[\w-]{20,}", source="GitLab", hints=("gl",)),
    Kind(
        name="Slack token",
        regex=_START + r"(?:xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{10,}|hooks\.slack\.com/(?:services|workflows|triggers)/[\w/+-]{16,})",
        source=f"Slack: token types, incoming webhooks; {GITLEAKS} slack-bot-token",
        hints=("xox", "xapp-", "hooks.slack.com"),
    ),
    Kind(
        name="model provider key",
        regex=_START + r"(?:sk-(?:ant|proj|svcacct|admin|or)-[\w-]{16,}|sk-[A-Za-z0-9]{20,}|hf_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{40,}"
        r"|xai-[A-Za-z0-9]{40,}|r8_[A-Za-z0-9]{37}|pplx-[A-Za-z0-9]{40,})",
        source=f"OpenAI, Anthropic, OpenRouter, Hugging Face, Groq, xAI, Replicate, Perplexity; {GITLEAKS}",
        hints=("sk-", "hf_", "gsk_", "xai-", "r8_", "pplx-"),
    ),
    Kind(
        name="payment key",
        regex=_START + r"(?:[rs]k_(?:live|test|prod)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,}|shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})",
        source=f"Stripe: API keys, Shopify; {GITLEAKS} stripe-access-token",
        hints=("k_live_", "k_test_", "k_prod_", "whsec_", "shp"),
    ),
    Kind(
        name="service token",
        regex=_START + r"(?:SG\.[\w-]{16,80}\.[\w-]{16,}|SK[0-9a-f]{32}|key-[0-9a-f]{32}|npm_[A-Za-z0-9]{36}|pypi-AgEIcHlwaS5vcmc[\w-]{16,}"
        r"|dapi[a-f0-9]{32}|do[opr]_v1_[a-f0-9]{32,}|hvs\.[\w-]{20,}|lin_api_[A-Za-z0-9]{30,}|ATATT3[\w=-]{50,}|\d{8,10}:AA[\w-]{33})",
        source=f"SendGrid, Twilio, Mailgun, npm, PyPI, Databricks, DigitalOcean, Vault, Linear, Atlassian, Telegram; {GITLEAKS}",
    ),
    Kind(
        name="signed token",
        regex=r"(?<![\w-])eyJ[\w-]{10,}(?:\.[\w-]*){0,4}",
        source="RFC 7519 (JWT): base64url of a JSON object",
        hints=("eyj",),
    ),
    Kind(
        name="password in URL",
        regex=r"://[^\s/:@\"']{0,100}:(?P<secret>[^\s/:@\"']{1,200})@",
        source=f"RFC 3986, 3.2.1; {DETECT_SECRETS} basic_auth",
        hints=("://",),
        checked=is_value,
    ),
    Kind(
        name="credentials",
        regex=r"(?i)\b(?:bearer|basic|authorization[\"']?\s?[:=]\s?[\"']?token)\s{1,4}(?P<secret>[\w.~+/=-]{16,})",
        source="RFC 6750, RFC 7617; GitHub's 'token' scheme",
        hints=("bearer", "basic", "authorization"),
        checked=is_key,
    ),
    Kind(
        name="cookie",
        regex=r"(?i)\b(?:set-)?cookie[\"']?\s{0,4}:\s{0,4}[\"']?(?P<secret>[^\s=;\"']{1,100}=[^\s\"']{8,})",
        source="RFC 6265",
        hints=("cookie",),
    ),
    Kind(
        name="password",
        regex=r"(?i)(?:pass(?:word|wd|phrase|code)|pwd)" + _GIVEN + r"(?P<secret>[^\s\"'\\,;&<>(){}\[\]]{4,200})",
        source=f"{DETECT_SECRETS} keyword",
        hints=("pass", "pwd"),
        checked=is_value,
    ),
    Kind(
        name="password",
        regex=r"(?i)(?:pass(?:word|wd|phrase|code)|pwd)[\"'\\]{0,4}\s{0,4}[:=]\s{0,4}\\{0,3}[\"'](?P<secret>[^\"'\\\r\n]{4,200})",
        source="a quoted one may hold spaces",
        hints=("pass", "pwd"),
        checked=has_sign,
    ),
    Kind(
        name="password",
        regex=r"(?i)\bpass(?:word|phrase|code) (?:is|was|to) [\"'`]?(?P<secret>[^\s\"'`,;<>]{4,200})",
        source="how people write to agents",
        hints=("pass",),
        checked=has_digit,
    ),
    Kind(
        name="key",
        regex=r"(?i)(?:api[_-]?key|apikey|(?:access|secret|private|account|auth|encryption|signing|session)[_-]?key|secret|credentials?"
        r"|(?<!page_)(?<!page)(?<!page-)(?<!sync_)(?<!sync)(?<!next_)(?<!next)(?<!cancel)(?<!eos_)(?<!bos_)(?<!pad_)token)"
        + _GIVEN
        + rf"(?:bearer )?(?P<secret>{_KEY}{{8,}}=*)",
        source=f"{GITLEAKS} generic-api-key; {DETECT_SECRETS} keyword",
        hints=("key", "secret", "token", "credential"),
        checked=is_key,
    ),
    Kind(
        name="key in URL",
        regex=rf"(?i)[?&](?:key|sig|signature|code|appid|auth|x-amz-(?:signature|security-token))=(?P<secret>{_KEY}{{12,}}=*)",
        source="AWS Signature Version 4 query strings; Azure SAS; keys in query strings",
        hints=("=",),
        checked=is_key,
    ),
    Kind(
        name="e-mail",
        regex=r"(?<![\w.%+-])[\w.%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])",
        source="RFC 5321, lengths of 4.5.3.1",
        hints=("@",),
        personal=True,
    ),
    Kind(
        name="IBAN",
        regex=_START + r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])",
        source="ISO 13616",
        personal=True,
        checked=mod_97,
    ),
    Kind(name="card", regex=r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])", source="ISO/IEC 7812", personal=True, checked=luhn),
    Kind(
        name="phone",
        regex=r"(?<![\w.+-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d(?:[ .-]?\d){6,12}"
        r"|\(\d{3}\) ?\d{3}[ .-]?\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-])",
        source="ITU-T E.164; North American Numbering Plan",
        personal=True,
    ),
    Kind(
        name="phone",
        regex=r"(?i)(?:phone|mobile|\btel|telephone|\bfax)(?:[ _-]?(?:number|no))?" + _GIVEN + r"(?P<secret>[+(]?\d[\d() .-]{5,18}\d)",
        source="fields that say so",
        hints=("phone", "mobile", "tel", "fax"),
        personal=True,
    ),
    Kind(
        name="IP address",
        regex=r"(?<![\w.:-])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4})(?![\w:-]|\.\d)",
        source="RFC 791, RFC 5952",
        personal=True,
        checked=is_address,
    ),
)
"""In order of trust: of two that match at one place the first names it."""

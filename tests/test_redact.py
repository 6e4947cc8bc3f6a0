"""What is taken out, what stays, and that the work grows with the text only."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spectool.redact import Redactor
from spectool.redact_checks import is_address, luhn, mod_97
from spectool.redact_names import secret_name
from spectool.redact_patterns import KINDS

parser = re._parser
# More than these many times is without an end.
MOST = 300
# Put together here, so that no scanner of this repository takes them for real.
A36, A40 = "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8", "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0"
HEX32 = "0123456789abcdef" * 2
PEM = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIEow+/IBAAKC\nAQEA75==\n-----END RSA PRIVATE KEY-----"
JWT = "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0In0.c2lnbmF0dXJl"

SECRETS = [
    pytest.param(f"use {'AKIA' + 'IOSFODNN7EXAMPLE'} now", "use [redacted: AWS key #1] now", id="an AWS key id"),
    pytest.param("aws_secret_access_key = " + A40, "aws_secret_access_key = [redacted: key #1]", id="an AWS secret by its name"),
    pytest.param("AIza" + A36[:35], "[redacted: Google key #1]", id="a Google API key"),
    pytest.param(f"AccountKey={A40}==;Endpoint=x", "AccountKey=[redacted: Azure key #1];Endpoint=x", id="an Azure connection string"),
    pytest.param("ghp_" + A36, "[redacted: GitHub token #1]", id="a GitHub token"),
    pytest.param("glpat-" + A36[:20], "[redacted: GitLab token #1]", id="a GitLab token"),
    pytest.param("xoxb-" + "123456789012-abcdef", "[redacted: Slack token #1]", id="a Slack token"),
    pytest.param("sk-ant-" + A36, "[redacted: model provider key #1]", id="an Anthropic key"),
    pytest.param("sk-proj-" + A36, "[redacted: model provider key #1]", id="an OpenAI key"),
    pytest.param("hf_" + A36, "[redacted: model provider key #1]", id="a Hugging Face token"),
    pytest.param("sk_live_" + A36[:24], "[redacted: payment key #1]", id="a Stripe key"),
    pytest.param("npm_" + A36, "[redacted: service token #1]", id="an npm token"),
    pytest.param(f"before {PEM} after", "before [redacted: private key #1] after", id="a private key in PEM"),
    pytest.param(json.dumps(PEM), '"[redacted: private key #1]"', id="a private key in a JSON string"),
    pytest.param(PEM[:70], "[redacted: private key #1]", id="a private key that is cut"),
    pytest.param(f"token {JWT} ok", "token [redacted: signed token #1] ok", id="a JWT"),
    pytest.param("postgres://ada:s3cr3t@db/x", "postgres://ada:[redacted: password in URL #1]@db/x", id="a password in a URL"),
    pytest.param("Authorization: Bearer " + A36, "Authorization: Bearer [redacted: credentials #1]", id="a bearer header"),
    pytest.param("authorization: Basic YWRhOnMzY3IzdDEyMw==", "authorization: Basic [redacted: credentials #1]", id="a basic header"),
    pytest.param("Set-Cookie: sid=8f2k1mz90q; Path=/", "Set-Cookie: [redacted: cookie #1] Path=/", id="a cookie"),
    pytest.param('{"password": "hunter2!"}', '{"password": "[redacted: password #1]"}', id="a password in JSON"),
    pytest.param('{\\"password\\": \\"hunter2!\\"}', '{\\"password\\": \\"[redacted: password #1]\\"}', id="in JSON within JSON"),
    pytest.param("login(user='a', password='hunter2!')", "login(user='a', password='[redacted: password #1]')", id="in a Python call"),
    pytest.param("DB_PASSWORD=hunter2! run", "DB_PASSWORD=[redacted: password #1] run", id="in a shell line"),
    pytest.param('"password": "two words 2"', '"password": "[redacted: password #1]"', id="a quoted password with spaces"),
    pytest.param("my password is hunter2, thanks", "my password is [redacted: password #1], thanks", id="a password in prose"),
    pytest.param("X-Api-Key: 8f2k1mz90q", "X-Api-Key: [redacted: key #1]", id="a key in a header"),
    pytest.param("client_secret=8f2k1mz90q", "client_secret=[redacted: key #1]", id="a client secret"),
    pytest.param('"accessToken":"abcd1234"', '"accessToken":"[redacted: key #1]"', id="a token by its name"),
    pytest.param("https://x.org/a?sig=8f2k1mz90qABCD&b=1", "https://x.org/a?sig=[redacted: key in URL #1]&b=1", id="a signed URL"),
]
STAYS = [
    pytest.param("order #W2378156, item 9523456873, flight HAT290", id="order ids"),
    pytest.param("reservation 4WQ150, user mia_li_3668, card ending in 7447", id="ids of bookings and users"),
    pytest.param(f"sha256 {HEX32 * 2}, commit {HEX32[:40]}", id="hashes"),
    pytest.param("6a28ec79-9fea-423a-b4de-2b63c5c6d5f1", id="a UUID"),
    pytest.param("2027-04-09T15:00:00Z, 12:30:45, 1700000000", id="dates and times"),
    pytest.param('{"max_tokens": 4096, "completion_tokens": 93, "token_count": 12}', id="numbers of tokens"),
    pytest.param('{"next_page_token": "CAEQAA12345678", "pageToken": "b2Zmc2V0MTIz"}', id="where a list goes on"),
    pytest.param(
        '{"password": {"type": "string", "description": "your password"}, "api_key": "YOUR_API_KEY"}', id="a schema, a placeholder"
    ),
    pytest.param("the password is wrong, reset it; keep it secret: never tell", id="prose about passwords"),
    pytest.param("password=<your password>, token=${TOKEN}, api_key=null", id="variables and nothing"),
    pytest.param("primary key: customer_id, foreign key: order_id, sort_key=name", id="keys of a database"),
    pytest.param('{"password": "The password of the user"}', id="a description"),
    pytest.param("secretary: Smith, tokenizer: bpe, keyboard: azerty", id="words that begin alike"),
    pytest.param("basic knowledge of authorization is required by the bearer of this letter", id="words of headers"),
    pytest.param("https://example.org/a/b?page=2&query=key", id="an address"),
    pytest.param("ada@example.org, +49 170 5550142, 4111 1111 1111 1111, 192.168.0.1", id="personal data, unless asked for"),
]
PERSONAL = [
    pytest.param("write to ada.l+x@mail.example.org.", "write to [redacted: e-mail #1].", id="an e-mail address"),
    pytest.param("call +49 170 5550142", "call [redacted: phone #1]", id="a number with its country"),
    pytest.param("call (415) 555-0132 or 415-555-0133", "call [redacted: phone #1] or [redacted: phone #2]", id="North American numbers"),
    pytest.param('"phone": "0170 555 0142"', '"phone": "[redacted: phone #1]"', id="a field that says so"),
    pytest.param("card 4111 1111 1111 1111", "card [redacted: card #1]", id="a card number that checks"),
    pytest.param("card 4111 1111 1111 1112", "card 4111 1111 1111 1112", id="one that does not check stays"),
    pytest.param("DE89 3704 0044 0532 0130 00", "[redacted: IBAN #1]", id="an account number that checks"),
    pytest.param("DE88 3704 0044 0532 0130 00", "DE88 3704 0044 0532 0130 00", id="one that does not check stays"),
    pytest.param("from 192.168.0.1 and 2001:db8::8a2e:370:7334", "from [redacted: IP address #1] and [redacted: IP address #2]", id="IP"),
    pytest.param("version 1.2.3, 12:30:45, std::vector, 300.1.1.1", "version 1.2.3, 12:30:45, std::vector, 300.1.1.1", id="no address"),
    pytest.param("order 9523456873, 2027-04-09, flight HAT290", "order 9523456873, 2027-04-09, flight HAT290", id="ids and dates stay"),
]


@pytest.mark.parametrize(("text", "shown"), SECRETS)
def test_secrets_are_taken_out(text: str, shown: str) -> None:
    assert Redactor().text(text) == shown


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_secret_stays(text: str) -> None:
    assert Redactor().text(text) == text


@pytest.mark.parametrize(("text", "shown"), PERSONAL)
def test_personal_data_is_taken_out_if_asked(text: str, shown: str) -> None:
    assert Redactor("pii").text(text) == shown


def test_one_secret_has_one_number_and_another_the_next() -> None:
    redactor = Redactor()
    assert redactor.text("password=first1 password=second2 password=first1") == (
        "password=[redacted: password #1] password=[redacted: password #2] password=[redacted: password #1]"
    )
    assert redactor.text("pwd: second2") == "pwd: [redacted: password #2]"
    assert redactor.counts == {"password": 2}


def test_secrets_that_begin_alike_are_told_apart() -> None:
    redactor = Redactor()
    redactor.learn(f"{JWT} and {JWT}x")
    assert redactor.text(f"{JWT}, {JWT}x, {JWT}") == "[redacted: signed token #1], [redacted: signed token #2], [redacted: signed token #1]"


def test_a_secret_learnt_by_its_name_is_found_without_it() -> None:
    redactor = Redactor()
    redactor.learn({"login": {"password": 'qu"ote-8'}, "rows": [{"api_key": "abc123xyz"}]})
    assert redactor.text("got 'abc123xyz', not qu\"ote-8") == "got '[redacted: key #1]', not [redacted: password #1]"
    assert redactor.text(json.dumps('qu"ote-8')) == '"[redacted: password #1]"'


def test_a_long_secret_is_known_where_it_is_cut() -> None:
    redactor = Redactor()
    redactor.learn({"password": A40 * 3})
    assert redactor.text(f"got '{(A40 * 3)[:79]}…'") == "got '[redacted: password #1]'"


def test_data_keep_their_form() -> None:
    data = {"user": "ada", "password": "hunter2!", "pin": 7, "nested": [{"secret_key": "8f2k1mz90q", "n": None, "ok": True}]}
    assert Redactor().value(data) == {
        **{"user": "ada", "password": "[redacted: password #1]", "pin": 7},
        "nested": [{"secret_key": "[redacted: key #1]", "n": None, "ok": True}],
    }
    assert data["password"] == "hunter2!"


def test_a_mark_moves_with_its_text_and_grows_over_a_secret() -> None:
    text = "password=hunter2! city=Ulm"
    for piece, shown in (("Ulm", "Ulm"), ("hunter2!", "[redacted: password #1]"), ("ter2", "[redacted: password #1]"), ("pass", "pass")):
        start = text.index(piece)
        clean, mark = Redactor().marked(text, (start, start + len(piece)))
        assert mark is not None
        assert clean[slice(*mark)] == shown


def test_a_message_about_a_secret_is_not_quoted() -> None:
    said = Redactor().message("user_password", "expected 'alpha-one', got 'beta-two'")
    assert said == "expected '[redacted: password #1]', got '[redacted: password #2]'"
    assert Redactor().message("city", "expected 'Ulm', got 'Bonn'") == "expected 'Ulm', got 'Bonn'"


def test_a_list_under_a_telling_name_holds_secrets() -> None:
    redactor = Redactor()
    redactor.learn({"password": ["first-1", "second-2"]})
    assert redactor.under("password", ["first-1", "second-2"]) == ["[redacted: password #1]", "[redacted: password #2]"]
    assert redactor.text('"password": ["first-1", "second-2"]') == '"password": ["[redacted: password #1]", "[redacted: password #2]"]'
    assert Redactor().text('{"api_key": [ "8f2k1mz90q"]}') == '{"api_key": [ "[redacted: key #1]"]}'
    assert Redactor().message("password", 'expected string, got array \'["abcd","efgh"]\'') == (
        "expected string, got array '[redacted: password #1]'"
    )
    assert Redactor().text("password: [PASSWORD]") == "password: [PASSWORD]"


def test_nothing_is_taken_out_if_not_wanted() -> None:
    redactor = Redactor("none")
    redactor.learn({"password": "hunter2!"})
    assert redactor.value({"password": "hunter2!", "text": "sk-ant-" + A36}) == {"password": "hunter2!", "text": "sk-ant-" + A36}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(
            ("DB_PASSWORD", "password"),
            ("userPwd", "password"),
            ("x-api-key", "key"),
            ("access_token", "key"),
            ("token", "key"),
            ("Authorization", "key"),
        ),
        *(("page_token", None), ("tokens", None), ("key", None), ("monkey", None), ("passenger", None)),
    ],
)
def test_names_that_tell(name: str, kind: str | None) -> None:
    assert secret_name(name) == kind


@given(st.text(max_size=200))
def test_any_text_can_be_redacted_and_once_is_enough(text: str) -> None:
    once = Redactor("pii").text(text)
    assert Redactor("pii").text(once) == once


def test_numbers_that_check() -> None:
    assert (luhn("4111111111111111"), luhn("0000000000000000"), mod_97("GB82WEST12345698765432"), is_address("1.2.3")) == (
        *(True, False, True),
        False,
    )


def test_every_kind_says_where_its_form_is_from() -> None:
    assert [kind.name for kind in KINDS if not kind.source or re.compile(kind.regex).groups > 1] == []


def unsafe(tree: object, must: bool = False, within: bool = False) -> Iterator[str]:
    """Repeats without an upper end that stand within one another, or before something that must match: such a text is read again and
    again. ``must``: something that must match follows; ``within``: it stands within such a repeat."""
    items = list(tree)
    for place, (kind, value) in enumerate(items):
        follows = must or any(width(each) for each in items[place + 1 :])
        if kind in (parser.MAX_REPEAT, parser.MIN_REPEAT):
            _, most, inner = value
            endless = most > MOST
            if endless and (within or follows):
                yield f"{most} times {inner}"
            yield from unsafe(inner, follows, within or endless)
        elif kind is parser.BRANCH:
            for branch in value[1]:
                yield from unsafe(branch, follows, within)
        elif kind is parser.SUBPATTERN:
            yield from unsafe(value[-1], follows, within)


def width(item: object) -> int:
    """Characters that an item matches at least; a look ahead or behind may fail as well as a character."""
    kind, _ = item
    asserts = (parser.ASSERT, parser.ASSERT_NOT, parser.AT)
    return 1 if kind in asserts else parser.SubPattern(parser.State(), [item]).getwidth()[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.name}: {kind.source[:30]}")
def test_no_text_is_read_again_and_again(kind) -> None:
    assert list(unsafe(parser.parse(kind.regex))) == []


@pytest.mark.parametrize("regex", [r"(a+)+$", r"\w+@", r"(?:a*b)*c", r"x[^y]*y", r"\d{2,}(?!x)"])
def test_and_an_expression_that_would_is_found(regex: str) -> None:
    assert list(unsafe(parser.parse(regex))) != []


def test_tool_call_logs_keep_their_ids_hashes_and_dates(shared_data: Path) -> None:
    """Where nobody logs in, nothing is redacted: no false alarm in 200 runs of an airline's agent."""
    runs = json.loads((shared_data / "tau_bench" / "gpt-4o-airline.json").read_text(encoding="utf-8"))
    texts = [json.dumps(run["traj"]) for run in runs]
    redactor = Redactor()
    assert [text for text in texts if redactor.text(text) != text] == []
    assert redactor.counts == {}

"""A result folder in which every text is an attack on whoever shows it."""

from __future__ import annotations

from pathlib import Path

from spectool.model import Call, Message, Outcome, Step
from tests.results.conftest import finding, trajectory, verdict, write

ATTACKS = (
    "<script>document.title='owned';fetch('https://evil.example/a')</script>",
    '"><img src=https://evil.example/b onerror=alert(1)><svg onload=alert(2)>',
    "</pre></style><iframe src='https://evil.example/c'></iframe><style>*{background:url(https://evil.example/d)}",
    "[click](javascript:alert(3)) ![x](https://evil.example/e.png) <https://evil.example/f> https://evil.example/g",
    "```\n# owned\n````\n</details>\n<b>owned</b>\n~~~\n| a | b |\n|---|---|\n$$\\href{javascript:alert(4)}{x}$$ @everyone #1",
    "safe\u202edesrever\u2066\u200bzero\u200dwidth\ufeff\x00\x07",
    "\x1b[31mred\x1b]8;;https://evil.example/h\x07link\x1b]8;;\x07\x1b[2J",
    "&lt;script&gt;alert(5)&lt;/script&gt; &#x3c;script>",
)


def hostile_folder(out: Path, huge: int = 200_000) -> Path:
    """Each attack, and a text of ``huge`` characters, as model, query, tool, argument, value, message and task, in three attempts."""
    made = []
    for place, attack in enumerate([*ATTACKS, "x" * huge]):
        short = attack[:20_000]
        for number in range(3):
            call = Call(name=short, arguments={short: attack}, raw=f'{{"name": "{short}", "arguments": {{"{short}": "{attack}"}}}}')
            turns = (Message(role="user", content=attack), Step(text=attack, raw=attack, calls=(call,)))
            one = trajectory(
                place * 3 + number,
                short[:200] if number else "plain",
                key=f"{place}-{number}",
                id=f"{number}{short}",
                task=f"{number}{short}",
                turns=turns,
                meta={"category": short, "format": "spectool", "seconds": 1.5, "completion_tokens": 7, "run": {"parameters": short}},
            )
            slip = finding(
                "IAV", "other", tool=short, path=f"$.turns[1].calls[0].arguments['{short[:50]}']", expected=attack, got=attack,
                message=f"expected '{attack[:79]}', got '{attack[:79]}'",
            )  # fmt: skip
            wrong = finding("wrong_tool", "offered", level="extended", tool=short, got=short, expected=f"other {short[:100]}")
            outcomes = (Outcome(error="IAV", assessed=1, findings=(slip,)), Outcome(error="wrong_tool", assessed=1, findings=(wrong,)))
            made.append((one, verdict(one, *outcomes, passed=False)))
    write(out, made)
    return out

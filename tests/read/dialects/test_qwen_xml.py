from __future__ import annotations

import pytest

from spectool.read.dialects import qwen_xml

W = ("w", {"city": "Paris"}, None)

CASES = {
    "one call": ("<tool_call>\n<function=w>\n<parameter=city>\nParis\n</parameter>\n</function>\n</tool_call>", (), [W], ""),
    "without arguments": ("<tool_call>\n<function=v>\n</function>\n</tool_call>", (), [("v", {}, None)], ""),
    "values that are JSON are decoded": (
        "<function=f><parameter=a>3</parameter><parameter=b>true</parameter><parameter=c>[1, 2]</parameter>"
        "<parameter=d>None</parameter><parameter=e>03</parameter></function>",
        (),
        [("f", {"a": 3, "b": True, "c": [1, 2], "d": "None", "e": "03"}, None)],
        "",
    ),
    "a text over lines keeps its breaks": (
        "<function=f><parameter=a>\nx = 1\n\ny = 2\n</parameter></function>",
        (),
        [("f", {"a": "x = 1\n\ny = 2"}, None)],
        "",
    ),
    "a value that breaks off": ("<tool_call>\n<function=w>\n<parameter=city>\nPar", (), [("w", None, "truncated")], ""),
    "text in a tag's place is malformed": ("<function=w>city=Paris</function>", (), [("w", None, "malformed")], ""),
    "a broken call before a good one": (
        "<function=v>x</function><function=w><parameter=city>Paris</parameter></function>",
        (),
        [("v", None, "malformed"), W],
        "",
    ),
}


@pytest.mark.parametrize(("text", "names", "calls", "left"), CASES.values(), ids=CASES.keys())
def test_qwen_xml_reads(text, names, calls, left, brief):
    parsed = qwen_xml.parse(text, names)
    assert brief(text, parsed) == calls
    assert parsed.text == left

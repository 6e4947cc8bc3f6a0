"""wrong_order: the right calls in an order that the gold does not allow."""

from tests.classify.build import charged, outcome, tables

A, B, C = '{"get_time": {"city": "A"}}', '{"get_weather": {"city": "B"}}', '{"cancel_order": {"order_id": 3}}'


def run(*steps: str, gold: str = f"{A}, {B}, {C}", mode: str = "exact") -> str:
    return f'{{"turns": ["?", {", ".join(f"[{step}]" for step in steps)}], "gold": [{gold}], "mode": "{mode}"}}'


FLAGGED = {
    "two calls swapped": (run(B, A, gold=f"{A}, {B}"), [("$.turns[2].calls[0]", "order")]),
    "in the mode ordered": (run(B, A, gold=f"{A}, {B}", mode="ordered"), [("$.turns[2].calls[0]", "order")]),
    "with another call between": (run(B, '{"roll_dice": {}}', A, gold=f"{A}, {B}", mode="ordered"), [("$.turns[3].calls[0]", "order")]),
    "the first one made last": (run(B, C, A), [("$.turns[3].calls[0]", "order")]),
}

CLEAN = {
    "the gold's order": run(A, B, C),
    "two in one parallel batch have no order": run(f"{B}, {A}", C),
    "parallel gold done one after the other": run(A, B, gold=f"{A}, {B}"),
    "the mode unordered": run(B, A, gold=f"{A}, {B}", mode="unordered"),
    "the mode required": run(B, A, gold=f"{A}, {B}", mode="required"),
    "the mode writes": run('{"return_order": {"order_id": 1}}', C, gold=f'{C}, {{"return_order": {{"order_id": 1}}}}', mode="writes"),
    "a call left out is missing": run(A, C),
    "a wrong value keeps its place": run('{"get_time": {"city": "Z"}}', B, C),
}

test_flagged, test_clean = tables("wrong_order", FLAGGED, CLEAN)


def test_it_is_charged_once():
    assert charged(run(B, A, gold=f"{A}, {B}")) == [("wrong_order", "$.turns[2].calls[0]", "order")]


def test_without_gold_it_is_skipped():
    assert "gold" in outcome('{"turns": ["?", [%s]]}' % A, "wrong_order").skipped


def test_a_mode_without_order_is_skipped():
    assert "unordered" in outcome(run(B, A, mode="unordered"), "wrong_order").skipped

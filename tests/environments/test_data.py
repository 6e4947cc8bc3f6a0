"""The data environment: what its tools say, refuse and change."""

import pytest

from spectool.environments.core.errors import ToolError
from spectool.environments.data.environment import DATA

WHERE = {
    "all_of": [{"field": "sector", "operator": "is", "value": "food"}],
    "any_of": [{"field": "ownership", "operator": "is", "value": "state"}, {"field": "employees", "operator": "at_least", "value": 2000}],
}

TWICE = [
    ("save_query", {"name": "Mills", "where": WHERE}, "conflict", "there is a saved query 'Mills' already"),
    ("delete_saved_query", {"query_id": "Q27"}, "not_found", "no saved query 'Q27'"),
    ("subscribe_dataset", {"dataset_id": "D101"}, "conflict", "you are subscribed to dataset 'D101' already"),
]


@pytest.mark.parametrize(("name", "arguments", "code", "message"), TWICE, ids=[row[0] for row in TWICE])
def test_what_is_done_cannot_be_done_again(name, arguments, code, message):
    state = DATA.fresh()
    DATA.call(state, name, arguments)
    once = state.changes()
    with pytest.raises(ToolError) as caught:
        DATA.call(state, name, arguments)
    assert (caught.value.code, caught.value.message) == (code, message)
    assert state.changes() == once


def test_a_query_is_kept_with_its_conditions_and_can_be_run_and_deleted():
    state = DATA.fresh()
    saved = DATA.call(state, "save_query", {"name": "Mills", "where": WHERE})
    id = saved["query_id"]
    assert state.changes() == {"saved_queries": {id: {"query_id": id, "name": "Mills", "owner": "you", "where": WHERE}}}
    assert DATA.call(state, "run_saved_query", {"query_id": id}) == DATA.call(state, "query_companies", {"where": WHERE})
    DATA.call(state, "delete_saved_query", {"query_id": id})
    assert state.changes() == {}


def test_a_subscription_is_kept_and_told():
    state = DATA.fresh()
    DATA.call(state, "subscribe_dataset", {"dataset_id": "D101", "notify": "yearly"})
    assert state.changes() == {"subscriptions": {"D101": {"dataset_id": "D101", "notify": "yearly"}}}
    assert DATA.call(state, "get_dataset", {"dataset_id": "D101"})["subscribed"] is True


def test_no_more_than_twelve_queries_are_kept():
    state = DATA.fresh()
    for number in range(2):
        DATA.call(state, "save_query", {"name": f"Query {number}", "where": WHERE})
    with pytest.raises(ToolError, match="you have 12 saved queries already, which is the most you may keep"):
        DATA.call(state, "save_query", {"name": "One more", "where": WHERE})


def test_figures_of_a_country_come_from_its_regions():
    records = DATA.records
    for dataset_id in ("D101", "D102", "D103", "D105"):
        for country in (row for row in records["regions"].values() if row["level"] == "country"):
            parts = [row["region_id"] for row in records["regions"].values() if row.get("country_id") == country["region_id"]]
            for year, value in records["series"][f"{dataset_id}.{country['region_id']}"]["values"].items():
                assert value == sum(records["series"][f"{dataset_id}.{part}"]["values"][year] for part in parts)


def test_a_series_covers_the_years_of_its_dataset():
    datasets, regions = DATA.records["datasets"], DATA.records["regions"]
    for row in DATA.records["series"].values():
        dataset = datasets[row["dataset_id"]]
        assert [int(year) for year in row["values"]] == list(range(dataset["first_year"], dataset["last_year"] + 1))
        assert dataset["level"] in ("region", regions[row["region_id"]]["level"])


def test_less_electricity_is_made_from_renewables_than_is_used():
    series = DATA.records["series"]
    for country in (row["region_id"] for row in DATA.records["regions"].values() if row["level"] == "country"):
        used = series[f"D110.{country}"]["values"]
        assert all(value < used[year] for year, value in series[f"D109.{country}"]["values"].items())


def test_areas_and_companies_fit_their_countries():
    regions = DATA.records["regions"]
    for country in (row for row in regions.values() if row["level"] == "country"):
        assert country["area_km2"] == sum(row["area_km2"] for row in regions.values() if row.get("country_id") == country["region_id"])
    assert all(regions[row["region_id"]]["country_id"] == row["country_id"] for row in DATA.records["companies"].values())

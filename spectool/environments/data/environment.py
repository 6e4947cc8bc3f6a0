"""The data environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.data.companies import aggregate_companies, query_companies
from spectool.environments.data.datasets import get_dataset, search_datasets, subscribe_dataset
from spectool.environments.data.regions import find_regions, get_region, rank_regions
from spectool.environments.data.saved import delete_saved_query, list_saved_queries, run_saved_query, save_query
from spectool.environments.data.series import aggregate_series, calculate_change, get_observation, get_series

DATA = Environment(
    "data",
    "A statistical office with yearly figures of countries and regions, and a register of companies.",
    (
        reads(search_datasets),
        reads(get_dataset),
        reads(find_regions),
        reads(get_region),
        reads(get_series),
        reads(get_observation),
        reads(aggregate_series),
        reads(calculate_change),
        reads(rank_regions),
        reads(query_companies),
        reads(aggregate_companies),
        reads(list_saved_queries),
        reads(run_saved_query),
        writes(save_query),
        writes(delete_saved_query),
        writes(subscribe_dataset),
    ),
)

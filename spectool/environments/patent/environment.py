"""The patent environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.patent.families import find_patent_families, get_cited_patents, get_citing_patents, get_patent_family
from spectool.environments.patent.fees import find_open_fees, get_renewal_fees, pay_renewal_fee
from spectool.environments.patent.owners import list_company_patents, search_companies, search_inventors
from spectool.environments.patent.search import count_patents, get_patent, search_patents
from spectool.environments.patent.watching import list_watched_patents, unwatch_patent, watch_patent

PATENT = Environment(
    "patent",
    "A register of patents with their families, citations, owners, inventors and renewal fees, and a watch list.",
    (
        reads(search_patents),
        reads(get_patent),
        reads(count_patents),
        reads(find_patent_families),
        reads(get_patent_family),
        reads(get_cited_patents),
        reads(get_citing_patents),
        reads(search_companies),
        reads(list_company_patents),
        reads(search_inventors),
        reads(get_renewal_fees),
        reads(find_open_fees),
        writes(pay_renewal_fee),
        reads(list_watched_patents),
        writes(watch_patent),
        writes(unwatch_patent),
    ),
)

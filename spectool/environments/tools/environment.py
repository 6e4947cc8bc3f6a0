"""The tools environment: its tools in the order in which they are offered."""

from __future__ import annotations

from spectool.environments.core.environment import Environment
from spectool.environments.core.signature import reads, writes
from spectool.environments.tools.clock import convert_time
from spectool.environments.tools.colours import convert_color, find_nearest_shade
from spectool.environments.tools.measures import convert_unit, get_text_statistics
from spectool.environments.tools.money import convert_currency, get_exchange_rate_history
from spectool.environments.tools.post import get_postal_distance, lookup_postal_code, search_postal_codes
from spectool.environments.tools.products import lookup_barcode, search_products
from spectool.environments.tools.todo import add_task, complete_task, list_tasks, reschedule_task

TOOLS = Environment(
    "tools",
    "Everyday utilities: units, currencies by dated rates, time zones, postal codes, groceries by barcode, paints, text, and a task list.",
    (
        reads(convert_unit),
        reads(convert_currency),
        reads(get_exchange_rate_history),
        reads(convert_time),
        reads(lookup_postal_code),
        reads(search_postal_codes),
        reads(get_postal_distance),
        reads(lookup_barcode),
        reads(search_products),
        reads(convert_color),
        reads(find_nearest_shade),
        reads(get_text_statistics),
        reads(list_tasks),
        writes(add_task),
        writes(complete_task),
        writes(reschedule_task),
    ),
)

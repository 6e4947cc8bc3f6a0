"""Tools: units, currencies, time zones, postal codes, products, colours, text, and a task list."""

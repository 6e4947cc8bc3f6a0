"""Patents: search, families, citations, owners, fees, and a watch list."""

"""SpecTool where people already work: pytest, Inspect AI and Inspect Scout."""

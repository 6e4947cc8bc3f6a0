"""SpecTool finds and shows the error patterns of tool-calling models: which slips, how often, where, and what would have been right."""

__version__ = "0.1.0"

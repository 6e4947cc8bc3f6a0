"""SpecTool finds the error patterns of tool-calling models, shows them, and turns them into training data."""

__version__ = "0.1.0"

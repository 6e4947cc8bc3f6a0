"""One pattern, one file: ``CODE``, ``assess`` (opportunities, or why none can be judged) and ``detect`` (findings in document order)."""

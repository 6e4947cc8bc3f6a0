"""The source of data/demo/tasks.jsonl: one file a domain, written in the words of notation.py, built by build.py."""

"""The command line: a file a verb, each load, call, show."""

"""Executable tools: ten environments that answer calls offline, the same way every time, each trajectory with a state of its own."""

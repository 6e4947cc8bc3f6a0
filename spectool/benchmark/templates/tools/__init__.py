"""Requests for everyday utilities: converting, looking up, and keeping a task list."""

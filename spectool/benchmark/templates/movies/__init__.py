"""Requests about films, the people who make them, and cinemas."""

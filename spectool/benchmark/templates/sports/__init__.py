"""Requests about two sports leagues."""

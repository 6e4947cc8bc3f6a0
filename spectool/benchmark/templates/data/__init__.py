"""Requests to the statistical office."""

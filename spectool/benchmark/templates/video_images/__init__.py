"""Requests to the stock archive."""

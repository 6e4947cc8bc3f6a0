"""Requests to the social network."""

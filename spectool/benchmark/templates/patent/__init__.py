"""Requests to the patent register: a file a split, and the conversations."""

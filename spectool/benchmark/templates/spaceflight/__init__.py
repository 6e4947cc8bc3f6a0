"""Requests about launches, what flies them, who flies on them and what is written on them."""

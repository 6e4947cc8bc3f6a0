"""Requests about outlets, articles, podcasts and radio, all for testing only."""

"""Benchmarks of the tool itself: gold answers replayed, and broken in known ways."""

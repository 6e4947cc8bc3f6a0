"""Judging trajectories: taxonomy, comparison of values, matching with gold, the detectors and the order they work in."""

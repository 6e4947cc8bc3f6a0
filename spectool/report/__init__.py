"""Results as something to read: fragments and pages for people, everything a model wrote escaped."""

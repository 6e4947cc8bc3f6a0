"""Films: a catalogue with ratings and awards, the people who made them, cinemas with showings and seats, and the user's lists."""

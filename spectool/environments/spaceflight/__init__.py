"""Spaceflight: launches, launchers, pads, missions, payloads, astronauts and news, with launch reminders and a reading list."""

"""Requests about flights, trains, hotels and bookings: files by split, and the conversations."""

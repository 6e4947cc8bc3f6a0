"""Travel: flights, trains and hotels, and bookings of all three."""

"""Draws the rows that readers label, and shows each of them without its model, its category or anybody's verdict."""

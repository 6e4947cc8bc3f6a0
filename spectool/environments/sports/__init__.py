"""Two sports leagues: teams, players, matches, what happened in them, tables, and what the user follows."""

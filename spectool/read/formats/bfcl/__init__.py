"""BFCL (Berkeley Function-Calling Leaderboard), v1 to v4: results, questions with gold, score files as an overlay."""

"""How the tasks in data/tasks were chosen."""

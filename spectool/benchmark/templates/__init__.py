"""What tasks are drawn from: a file of templates and dialogues for each environment."""

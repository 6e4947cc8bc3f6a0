"""Reading: raw text, files and folders of any format become trajectories and tasks."""

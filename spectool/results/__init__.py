"""Result folders: classified trajectories written in streams, summed up with honest denominators, and read back."""

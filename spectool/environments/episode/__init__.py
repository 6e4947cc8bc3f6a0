"""What one episode runs in: its world, what a refused call is told, and the user."""

"""Where the records of the environments come from: one module each, which makes the same records from the same seed."""

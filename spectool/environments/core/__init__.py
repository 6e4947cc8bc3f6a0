"""What an environment is made of: tools from typed functions, rows that one trajectory changes, errors."""

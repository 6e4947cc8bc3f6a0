"""What tool functions are built of: arguments of common kinds, conditions on rows, order, pages."""

"""What a log shows of a slip, a file a family; ``registry`` puts them together."""

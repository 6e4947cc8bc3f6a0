"""The one error of this wing."""


class RunError(ValueError):
    """The run can not start, or not go on, as asked; the message says what to change."""

"""``python -m spectool``."""

from spectool.cli.main import run

run()

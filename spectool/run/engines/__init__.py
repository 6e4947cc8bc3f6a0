"""Engines: what turns chat requests into completions. A file an engine, each behind ``engine.Engine``."""

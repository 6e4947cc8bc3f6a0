"""File formats, one a module; `registry.FORMATS` holds them in order."""

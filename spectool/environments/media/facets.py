"""What outlets, articles and podcasts are described and narrowed by."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

Topic = Literal["politics", "business", "science", "technology", "health", "climate", "culture", "sport", "food", "travel"]
Language = Literal["en", "da", "de", "es", "fr", "it", "sv"]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", max_length=2)]

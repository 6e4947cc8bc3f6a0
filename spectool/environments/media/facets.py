"""What outlets, articles and podcasts are described and narrowed by."""

from __future__ import annotations

from typing import Literal

Topic = Literal["politics", "business", "science", "technology", "health", "climate", "culture", "sport", "food", "travel"]
Language = Literal["en", "da", "de", "es", "fr", "it", "sv"]

"""Shows whole values where a comparison inside ``build.py`` fails."""

import pytest

pytest.register_assert_rewrite("tests.classify.build")

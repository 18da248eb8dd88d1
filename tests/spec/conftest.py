from __future__ import annotations

import pytest

from bot.rendering.forms import load_form
from bot.replies.read import Reader


@pytest.fixture(scope="session")
def form():
    return load_form("dang-uy-xa")


@pytest.fixture(scope="session")
def reader(form):
    """One reader for all cases: scopes are compiled once, as the service does."""
    return Reader(form)

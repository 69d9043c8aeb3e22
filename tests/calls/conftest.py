"""An officer at the editor, and the sketch of a call."""

import pytest

from grants.calls.actions import edit_regulation
from tests.factories.calls import make_draft_call

from .pages import AHEAD, NOW


@pytest.fixture
def desk(officer, signed_in):
    return signed_in(officer)


@pytest.fixture
def sketch(officer):
    """Of a draft call whose regulation is whole."""
    return edit_regulation(make_draft_call(officer, now=NOW, **AHEAD), by=officer, now=NOW)

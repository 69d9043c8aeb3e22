"""Every shipped regulation, opened on every page of the editor and saved untouched, says the same to the letter."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from grants.calls.actions import import_call
from grants.calls.models import Sketch
from grants.calls.regulation import digest, from_data, read_regulation
from grants.calls.sketching import WHOLE, entered, pages_of, read_sketch
from grants.calls.sketching.shapes import Places

from .pages import sent

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*.yaml"))
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_entering_and_leaving_changes_nothing(path):
    regulation = read_regulation(path.name, path.read_text())

    reading = read_sketch(entered(regulation), now=NOW)

    assert (reading.faults, digest(reading.regulation)) == ((), digest(regulation))


@pytest.mark.parametrize(
    ("path", "language"), [*((path, "ru") for path in EXAMPLES), (EXAMPLES[0], "en")], ids=lambda one: getattr(one, "stem", one)
)
def test_every_page_saved_untouched_keeps_the_digest(officer, signed_in, path, language):
    call = import_call(file=path.name, text=path.read_text(), by=officer, now=NOW)
    desk = signed_in(officer)
    desk.post(f"/{language}/desk/calls/{call.slug}/edit/")
    sketch = Sketch.objects.get(call=call)
    root, kept, changed = f"/{language}/desk/regulations/{sketch.uid}/write", None, []

    for page in pages_of(sketch.data):
        address = f"{root}/{page.path}/"
        posted = urlencode(sent(desk.get(address).text), doseq=True)
        assert desk.post(address, posted, content_type="application/x-www-form-urlencoded").status_code == 302
        sketch.refresh_from_db()
        # To the letter what it was: then so is its digest.
        kept, before = sketch.data, kept
        if kept != before and digest(from_data(WHOLE.leave(sketch.data, (), "", Places()))) != call.version.digest:
            changed.append(page.path)

    assert changed == []

"""Public pictures: drawn anew in widths, with words, cached for a year only where everybody may look."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from fund.core.errors import Refused
from fund.core.visibility import FOR_ANYONE, OPENING, opens
from fund.documents.actions import drop_picture, show_picture
from fund.documents.models import Picture
from tests.documents.conftest import picture, upload


@pytest.fixture
def shown(parent, applicant, now):
    file = upload("двор.jpg", picture("JPEG", size=(1000, 500)))
    return show_picture(file, of=parent, by=applicant, now=now, alt_ru="Двор с муралом", alt_en="A yard with a mural")


def url_of(shown, width):
    return reverse("documents:picture", args=[shown.uid, width])


def test_show_picture_draws_widths_up_to_its_own(shown):
    assert [(width, height) for width, height, _ in shown.renditions] == [(400, 200), (800, 400), (1000, 500)]


def test_show_picture_without_words_is_refused(parent, applicant, now):
    with pytest.raises(Refused) as refusal:
        show_picture(upload("a.png", picture()), of=parent, by=applicant, now=now, alt_ru=" ")

    assert refusal.value.field == "alt_ru"


def test_picture_is_webp_for_those_who_see_its_parent(shown, applicant, signed_in):
    answer = signed_in(applicant).get(url_of(shown, 400))

    with Image.open(BytesIO(b"".join(answer.streaming_content))) as seen:
        assert (seen.format, seen.size) == ("WEBP", (400, 200))
    assert "no-store" in answer["Cache-Control"]
    assert Client().get(url_of(shown, 400)).status_code == 404
    assert signed_in(applicant).get(url_of(shown, 401)).status_code == 404


def test_picture_that_everybody_may_see_is_kept_by_browsers(shown):
    opens("notices.Notice", "a test", anyone=True)(lambda user: True)
    try:
        answer = Client().get(url_of(shown, 800))
    finally:
        del OPENING["notices.Notice"]["a test"]
        FOR_ANYONE.discard(("notices.Notice", "a test"))

    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"".join(answer.streaming_content).startswith(b"RIFF")


def test_drop_picture_takes_it_down(shown, applicant, now):
    drop_picture(shown, by=applicant, now=now)

    assert Picture.objects.count() == 0

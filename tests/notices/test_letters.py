"""A notice as a letter: the recipient's language and zone, headers of ours, nothing typed by others that acts."""

from datetime import UTC, datetime
from decimal import Decimal
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar

from fund.notices.actions import notify
from fund.notices.calendars import Entry, until
from fund.notices.facts import harmless
from fund.notices.letters import compose, text_of
from fund.notices.models import Delivery

CLOSES = datetime(2027, 1, 15, 16, 0, tzinfo=UTC)
FACTS = {"name": "Анна", "amount": Decimal("118400.50"), "closes": CLOSES}


def letter_to(recipient, kind, now, **values):
    notify(kind, recipient, to=recipient, now=now, **{"facts": FACTS, **values})
    delivery = Delivery.objects.get(notice__kind=kind, channel="email")
    return compose(delivery, recipient.language)


def read(letter):
    return message_from_bytes(letter.message().as_bytes(), policy=policy.default)


def test_letter_speaks_the_recipients_language_and_zone(greeting, anna, john, now):
    russian, english = letter_to(anna, greeting, now), None
    Delivery.objects.all().delete()
    english = letter_to(john, greeting, now)

    assert russian.subject == "Привет, Анна"
    assert "Анна: 118\u00a0400,50\u00a0₽, 15\u00a0января\u00a02027, 18:00 по Калининграду" in russian.body
    assert english.subject == "Hello, Анна"
    assert "Анна: ₽118,400.50, 16\u00a0January\u00a02027, 02:00 Vladivostok time" in english.body


def test_letter_has_text_and_html_with_inline_styles(greeting, anna, now):
    mail = read(letter_to(anna, greeting, now, link=("notices:inbox",)))

    html = mail.get_body(("html",)).get_content()
    assert mail.get_body(("plain",)).get_content().count("http://") == 3  # button, preferences, unsubscribe
    assert "<style" not in html
    assert 'style="' in html
    assert "/ru/desk/inbox/" in html


def test_letter_headers_are_ours(greeting, anna, now):
    mail = read(letter_to(anna, greeting, now))

    delivery = Delivery.objects.get(notice__kind=greeting, channel="email")
    assert mail["Message-ID"] == delivery.message_id
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["To"] == "anna@example.org"


def test_letter_twice_is_the_same_bytes(greeting, anna, now):
    entry = Entry(uid="e1", title={"ru": "Совет", "en": "Council"}, start=CLOSES)
    notify(greeting, anna, to=anna, now=now, facts=FACTS, calendar=entry)
    delivery = Delivery.objects.get(notice__kind=greeting, channel="email")

    first, second = (compose(delivery, "ru").message().as_bytes() for _ in range(2))

    assert first == second
    assert b"SUMMARY:" in message_from_bytes(first).get_payload()[-1].get_payload(decode=True)


def test_calendar_stands_on_the_readers_clock_and_names_its_zone(greeting, anna, now):
    anna.time_zone = "Europe/Kaliningrad"
    anna.save()
    entry = until(
        "e1", _("Send the application"), {"ru": "Двор", "en": "Yard"}, datetime(2026, 12, 1, 16, tzinfo=UTC), sequence=3
    )
    notify(greeting, anna, to=anna, now=now, facts=FACTS, calendar=entry)

    mail = compose(Delivery.objects.get(notice__kind=greeting, channel="email"), "ru").message()

    found = Calendar.from_ical(mail.get_payload()[-1].get_payload(decode=True))
    (event,) = found.walk("VEVENT")
    assert (event["SUMMARY"], event["SEQUENCE"]) == ("Отправить заявку: Двор", 3)
    assert event["UID"] == f"e1@{settings.SITE_HOST}"
    assert event.decoded("DTEND").isoformat() == "2026-12-01T18:00:00+02:00"
    assert [zone["TZID"] for zone in found.walk("VTIMEZONE")] == ["Europe/Kaliningrad"]


def test_letter_cannot_be_given_headers_by_what_somebody_typed(greeting, anna, now):
    letter = letter_to(anna, greeting, now, facts={**FACTS, "name": "Анна\r\nBcc: all@example.org\r\n\r\nHello"})

    mail = read(letter)
    assert mail["Bcc"] is None
    assert mail["Subject"].strip().startswith("Привет, Анна Bcc: all")


@pytest.mark.parametrize(
    "typed", ["http://evil.example", "www.evil.example", "evil.example/x", "a@evil.example", "//evil.example"]
)
def test_letter_makes_no_link_of_what_somebody_typed(greeting, anna, now, typed):
    letter = letter_to(anna, greeting, now, facts={**FACTS, "name": typed})

    assert typed not in letter.body
    assert typed not in letter.alternatives[0].content
    assert letter.body.replace("\u2060", "").count(typed) == 2  # the heading and the text


def test_letter_shows_html_as_text(greeting, anna, now):
    letter = letter_to(anna, greeting, now, facts={**FACTS, "name": "<img src=x onerror=a>"})

    assert "<img" not in letter.alternatives[0].content


@pytest.mark.parametrize("plain", ["ЖД-26-014", "412 300,50 ₽", "2.5", "т. е. так", "Конец. Начало"])
def test_harmless_leaves_ordinary_text_alone(plain):
    assert harmless(plain) == plain


def test_inbox_shows_the_text_without_the_frame(greeting, anna, now):
    notice = notify(greeting, anna, to=anna, now=now, facts={**FACTS, "name": "www.a.example"})[0]

    assert text_of(notice, "ru").splitlines()[0].startswith("www.a.example: 118")

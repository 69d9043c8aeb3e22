"""The daily digest: once a morning in the recipient's zone, what waits goes into one letter."""

from datetime import UTC, datetime, timedelta

from fund.notices.actions import gather, notify
from fund.notices.letters import write
from fund.notices.models import Delivery, Notice, Preference

EVENING = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 3, 6, 30, tzinfo=UTC)  # 8:30 in Kaliningrad


def test_gather_makes_one_letter_of_many(greeting, anna):
    Preference.objects.create(account=anna, kind=greeting, mode="daily")
    for minute in range(3):
        notify(greeting, anna, to=anna, now=EVENING + timedelta(minutes=minute), facts={"name": f"№{minute}"})

    made = [gather(now=MORNING - timedelta(hours=1)), gather(now=MORNING), gather(now=MORNING)]

    assert made == [0, 1, 0]
    digest = Notice.objects.get(kind="notices.digest")
    assert [item["subject"] for item in digest.facts["items"]] == ["Привет, №0", "Привет, №1", "Привет, №2"]
    assert set(Delivery.objects.filter(channel="digest").values_list("state", flat=True)) == {"sent"}


def test_gather_keeps_the_rest_for_the_next_morning(greeting, anna):
    Preference.objects.create(account=anna, kind=greeting, mode="daily")
    notify(greeting, anna, to=anna, now=EVENING)
    gather(now=MORNING)
    notify(greeting, anna, to=anna, now=MORNING)

    assert [gather(now=MORNING + timedelta(hours=3)), gather(now=MORNING + timedelta(days=1))] == [0, 1]


def test_a_digest_says_what_each_message_is_about_and_why_it_came(greeting, anna):
    Preference.objects.create(account=anna, kind=greeting, mode="daily")
    notify(greeting, anna, to=anna, now=EVENING, facts={"name": "Анна", "amount": "412 300", "closes": "завтра"})

    gather(now=MORNING)

    told = {language: write(Notice.objects.get(kind="notices.digest"), language) for language in ("ru", "en")}
    [item] = Notice.objects.get(kind="notices.digest").facts["items"]
    assert item["text"] == "Анна: 412 300, завтра"
    assert [item["text"] in letter for letter in (told["ru"].text, told["ru"].html)] == [True, True]
    assert ["раз в день" in told["ru"].text, "once a day" in told["en"].text] == [True, True]

"""What pages may cost: bytes, and queries that stay the same however many rows there are. `-s` prints the figures."""

import gzip
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone

from fund.core.uids import new_uid
from fund.lots.actions import commit_draw
from fund.notices.actions import notify
from fund.notices.models import Notice
from fund.people.actions import claim_mandate, register_child
from fund.people.models import Organisation
from grants.applications.models import Application
from grants.calls.actions import begin_sketch, edit_regulation
from grants.calls.models import Version
from grants.councils.models import Entry, Item, Meeting
from grants.results.models import Appeal
from grants.reviews.actions import decline_sheet
from grants.reviews.models import Discussion, Divergence, HandIn, Sheet
from tests.cast import play
from tests.counting import queries_at
from tests.factories.calls import make_call, make_draft_call
from tests.factories.councils import make_meeting
from tests.factories.reviews import hand_in, make_admitted, make_expert, make_plan, make_sheet

MOST_QUERIES = 15
SIZES = (3, 300)
HOME, CSS, JS = 8, 12, 1  # KB packed
REQUESTS = 6

pytestmark = [pytest.mark.shares, pytest.mark.usefixtures("db")]


def weight(content: bytes) -> float:
    """Kilobytes of 1000 bytes, packed as the server packs them."""
    return len(gzip.compress(content, 9)) / 1000


def copies(row: models.Model, many: int, **facts) -> list:
    """Rows like this one, written in one statement; `facts` are functions of the copy's number."""
    made = []
    for number in range(many):
        copy = type(row)(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key})
        if hasattr(copy, "uid"):
            copy.uid = new_uid()
        for name, fact in facts.items():
            setattr(copy, name, fact(number))
        made.append(copy)
    return type(row)._base_manager.bulk_create(made)


@pytest.fixture(scope="module")
def built(module_db):
    return World(play("officer"), play("applicant"), timezone.now())


class World:
    """A call of each kind with one row of everything; `more_…` adds rows like it."""

    def __init__(self, officer, applicant, now):
        self.now, self.officer, self.applicant = now, officer, applicant
        self.open, self.judged = make_call(officer, now=now), make_call(officer, now=now, state="judging")
        self.expert, self.other = make_expert(), make_expert()
        self.first = make_admitted(self.judged, now=now, owner=applicant)
        hand_in(make_sheet(self.first, self.other, officer=officer, now=now), now=now, use="4", plan="3")
        self.made = 0
        self.written = edit_regulation(make_draft_call(officer, now=now), by=officer, now=now)

    def more_calls(self, many: int) -> None:
        version = self.open.version
        calls = copies(self.open, many, slug=self.named("more-{}"), code=self.named("БЮ-{}"))
        Version.objects.bulk_create(
            Version(call=call, number=1, data=version.data, digest=version.digest, made_at=self.now) for call in calls
        )

    def more_applications(self, many: int, state: str = "under_review") -> list[Application]:
        return copies(self.first, many, number=self.named("БЮ-{}"), state=lambda n: state)

    def more_sheets(self, many: int) -> None:
        """Handed-in sheets of one expert, each on an application of its own."""
        applications = self.more_applications(many)
        like = Sheet(
            expert=self.expert,
            state="accepted",
            invited_at=self.now,
            invited_by=self.officer,
            due_at=self.now + timedelta(days=5),
        )
        sheets = copies(like, many, application_id=lambda n: applications[n].pk)
        scores = {"use": {"value": "4", "comment": ""}, "plan": {"value": "3", "comment": ""}}
        made = HandIn.objects.bulk_create(
            HandIn(sheet=sheet, number=1, submitted_at=self.now, scores=scores, total=18) for sheet in sheets
        )
        for sheet, one in zip(sheets, made, strict=True):
            sheet.state, sheet.current = "submitted", one
        Sheet.objects.bulk_update(sheets, ["state", "current"])

    def more_diverging(self, many: int) -> None:
        """Applications whose experts diverge and talk about it."""
        made = self.more_applications(many)
        Divergence.objects.bulk_create(Divergence(application=one, found_at=self.now, spread=12) for one in made)
        Discussion.objects.bulk_create(
            Discussion(application=one, topic="Польза", opened_at=self.now, opened_by=self.officer) for one in made
        )

    def more_appeals(self, many: int) -> None:
        like = Appeal(
            against="decision", grounds=["count"], text="Сумма", filed_at=self.now, filed_by=self.applicant, answer_by=self.now
        )
        applications = self.more_applications(many)
        copies(like, many, application_id=lambda n: applications[n].pk)

    def more_draws(self, many: int) -> None:
        like = commit_draw(about=self.judged, title={"ru": "Жребий"}, codes=["1", "2"], by=self.officer, now=self.now)
        copies(like, many - 1)

    def more_sketches(self, many: int) -> None:
        """Regulations of new calls, and criteria in the one that is open on the page."""
        for _ in range(min(many, 40)):
            begin_sketch(title={"ru": "Новый двор", "en": ""}, by=self.officer, now=self.now)
        rules = self.written.data["rules"]
        rules["criteria"] = [{**rules["criteria"][0], "key": f"use_{n}"} for n in range(len(rules["criteria"]) + 10)]
        self.written.save()

    def address_of(self, name: str) -> str:
        """What stands in a page's address: a call's slug, a meeting's uid."""
        if name == "lost":
            return self.lost().uid
        if name == "written":
            return self.written.uid
        return self.meeting().uid if name == "meeting" else getattr(self, name).slug

    def lost(self) -> Sheet:
        """A sheet whose expert stepped back."""
        found = Sheet.objects.filter(state="declined").first()
        if found is None:
            found = make_sheet(self.first, self.expert, officer=self.officer, now=self.now)
            decline_sheet(sheet=found, why="Отпуск", by=self.expert, now=self.now)
        return found

    def more_owed(self, many: int) -> None:
        self.more_sheets(many)
        Sheet.objects.exclude(current=None).update(state="accepted", current=None)

    def more_planned(self, many: int) -> None:
        """Applications of a plan that waits, counted anew with each."""
        self.more_applications(many)
        plan = make_plan(self.judged, officer=self.officer, now=self.now)
        assert plan.state == "ready"

    def more_experts(self, many: int) -> None:
        accounts = copies(self.expert, many, email=self.named("expert-{}@example.org"))
        copies(self.expert.person, many, account_id=lambda n: accounts[n].pk)
        copies(self.expert.role_grants.get(), many, account_id=lambda n: accounts[n].pk)

    def meeting(self) -> Meeting:
        found = Meeting.objects.of_call(self.judged).live().first()
        return found or make_meeting(self.judged, officer=self.officer, director=self.officer, members=[], now=self.now)

    def more_meetings(self, many: int) -> None:
        copies(self.meeting(), many, state=lambda n: "cancelled")

    def more_items(self, many: int) -> None:
        meeting, applications = self.meeting(), self.more_applications(many)
        items = copies(meeting.items.first(), many, number=lambda n: Item.objects.count() + n + 1)
        Entry.objects.bulk_create(
            Entry(meeting=meeting, item=item, application=one) for item, one in zip(items, applications, strict=True)
        )

    def more_notices(self, many: int) -> None:
        for number in range(many):
            moment = self.now + timedelta(seconds=Notice.objects.count() + number)
            facts = {"title": "Остановка", "number": "Ж-1", "call": self.open.words, "why": "Перепутаны заявки"}
            notify("reviews.reopened", self.first, to=self.applicant, now=moment, facts=facts)

    def more_organisations(self, many: int) -> None:
        made = Organisation.objects.bulk_create(Organisation(kind="informal", name=self.named("Двор {}")(0)) for _ in range(many))
        first = claim_mandate(made[0], by=self.applicant, now=self.now)
        copies(first, many - 1, organisation_id=lambda n: made[n + 1].pk)

    def more_children(self, many: int) -> None:
        child = register_child(by=self.applicant, now=self.now, first_name="Дитя", birth_year=self.now.year - 8)
        children = copies(child, many - 1, first_name=self.named("Дитя {}"))
        copies(child.guardianships.get(), many - 1, child_id=lambda n: children[n].pk)

    def named(self, pattern: str):
        def name(number: int) -> str:
            self.made += 1
            return pattern.format(self.made)

        return name


def of_list(name: str, who: str, more: str, *, args=(), **facts):
    return pytest.param(name, who, more, args, facts, id=f"{name}-{more}")


LISTS = [
    of_list("portal:home", "", "more_calls"),
    of_list("calls:list", "", "more_calls"),
    of_list("calls:desk", "officer", "more_calls"),
    of_list("calls:desk", "officer", "more_sketches"),
    of_list("calls:sketch", "officer", "more_sketches", args=("written",)),
    of_list("portal:desk", "officer", "more_applications", state="submitted"),
    of_list("applications:list", "applicant", "more_applications"),
    of_list("applications:intake", "officer", "more_applications", state="submitted"),
    of_list("reviews:list", "expert", "more_sheets"),
    of_list("reviews:progress", "officer", "more_sheets", args=("judged",)),
    of_list("reviews:assign", "officer", "more_applications", args=("judged",)),
    of_list("reviews:assign", "officer", "more_planned", args=("judged",)),
    of_list("reviews:assign_by_hand", "officer", "more_applications", args=("judged",)),
    of_list("reviews:set_limits", "officer", "more_experts", args=("judged",)),
    of_list("reviews:remind", "officer", "more_owed", args=("judged",)),
    of_list("reviews:replace", "officer", "more_applications", args=("lost",)),
    of_list("reviews:diverging", "officer", "more_diverging", args=("judged",)),
    of_list("councils:list", "director", "more_sheets", args=("judged",)),
    of_list("councils:simulate", "director", "more_sheets", args=("judged",)),
    of_list("councils:stability", "director", "more_sheets", args=("judged",)),
    of_list("councils:lot", "director", "more_sheets", args=("judged",)),
    of_list("lots:list", "", "more_draws"),
    of_list("councils:release", "director", "more_sheets", args=("judged",)),
    of_list("results:comments", "officer", "more_sheets", args=("judged",)),
    of_list("results:list", "director", "more_appeals"),
    of_list("people:organisations", "applicant", "more_organisations"),
    of_list("people:all_organisations", "officer", "more_organisations"),
    of_list("people:household", "applicant", "more_children"),
    of_list("councils:meetings", "officer", "more_meetings"),
    of_list("councils:meeting", "officer", "more_items", args=("meeting",)),
    of_list("notices:inbox", "applicant", "more_notices"),
]


@pytest.mark.parametrize(("name", "who", "more", "args", "facts"), LISTS)
def test_queries_do_not_grow(world, director, signed_in, client, name, who, more, args, facts):
    people = {"officer": world.officer, "applicant": world.applicant, "expert": world.expert, "director": director}
    browser = signed_in(people[who]) if who else client
    address = reverse(name, args=[world.address_of(one) for one in args])

    few, many = queries_at(browser, address, lambda n: getattr(world, more)(n, **facts), SIZES)

    print(f"{name:22} {few:3} queries at {SIZES[0]} rows, {many:3} at {SIZES[1]}; {weight(browser.get(address).content):5.1f} KB")
    assert few == many
    assert many <= MOST_QUERIES


def fetched_by(page: str) -> dict[str, str]:
    """What a browser may fetch for a page: styles and the fonts in them, icons, scripts, pictures; file → address."""
    links = re.findall(r"<link rel=\"(?:stylesheet|icon|manifest|preload|modulepreload)\"[^>]* href=\"([^\"]+)\"", page)
    others = re.findall(r"<(?:script|img)[^>]* src=\"([^\"]+)\"", page)
    fonts = re.findall(r"url\(\"([^\"]+)\"\)", (settings.BASE_DIR / "static/site.css").read_text(encoding="utf-8"))
    return {address.rpartition("/")[2]: address for address in (*fonts, *links, *others)}


def test_home_is_light(world, client):
    world.more_calls(5)
    call_command("css")

    page = client.get(reverse("portal:home")).content

    home, fetched = weight(page), fetched_by(page.decode())
    print(f"home {home:.1f} KB packed, at most {HOME}; {1 + len(fetched)} requests, at most {REQUESTS}")
    assert home <= HOME
    assert 1 + len(fetched) <= REQUESTS
    assert [address for address in fetched.values() if "//" in address] == []


def test_style_and_public_scripts_are_light():
    call_command("css")
    css = weight((settings.BASE_DIR / "static/site.css").read_bytes())
    js = weight((settings.BASE_DIR / "static/js/countdown.js").read_bytes())

    print(f"css {css:.1f} KB packed, at most {CSS}; public scripts {js:.2f} KB, at most {JS}")
    assert css <= CSS
    assert js <= JS

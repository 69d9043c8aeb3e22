"""Every form that creates something: who sends it from which page, and what is typed in beside the page's token."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from fund.core.forms import OnceForm
from fund.people import forms as people
from fund.people.actions import update_profile
from grants.applications import forms as applications
from grants.calls import forms as calls
from grants.calls.models import Call
from grants.councils import forms as councils
from grants.proposals import forms as proposals
from grants.results import forms as results
from grants.reviews import forms as reviews
from tests.documents.conftest import PDF
from tests.factories.applications import make_submitted
from tests.factories.calls import make_call, make_regulation
from tests.factories.people import make_account
from tests.factories.reviews import make_admitted, make_expert, make_judged
from tests.people.test_organisations import COMPANY

from .tables import World, addresses


@dataclass(frozen=True)
class Sent:
    """`who` None is a visitor; bytes are a file."""

    form: type[OnceForm]
    who: Any
    address: str
    typed: dict = field(default_factory=dict)


def page(world: World, name: str, **kwargs: Any) -> str:
    return reverse(name, kwargs=kwargs or world.arguments(name, addresses()[name]))


def sent(world: World) -> list[Sent]:
    return [*of_people(world), *of_calls(world), *of_applications(world), *of_judging(world), *of_councils(world)]


def of_people(world: World) -> list[Sent]:
    cast, now = world.cast, timezone.now()
    minor = make_account("Юная", "Участница")
    update_profile(minor.person, by=minor, now=now, birth_year=now.year - 15)
    name = {"first_name": "Вера", "last_name": "Светлова"}
    return [
        Sent(
            people.RegisterChildForm, cast.applicant, page(world, "people:register_child"), {**name, "birth_year": now.year - 8}
        ),
        Sent(people.NameGuardianForm, minor, page(world, "people:name_guardian"), {**name, "email": "aunt@example.org"}),
        Sent(people.SubscribeForm, None, page(world, "people:subscribe"), {"email": "new@example.org"}),
        Sent(people.SubscribeSignedInForm, cast.stranger, page(world, "people:subscribe")),
        Sent(
            people.GrantRoleForm,
            cast.admin,
            page(world, "people:grant_role"),
            {"email": cast.stranger.email, "role": "organiser", "why": "ведёт события"},
        ),
        Sent(people.CreatePersonForm, cast.officer, page(world, "people:create_person"), name),
        Sent(people.RegisterOrganisationForm, cast.stranger, page(world, "people:register_organisation"), COMPANY),
        Sent(
            people.RepresentativeForm,
            cast.applicant,
            page(world, "people:invite_representative"),
            {"email": "deputy@example.org", "position": "заместитель"},
        ),
    ]


def of_calls(world: World) -> list[Sent]:
    cast = world.cast
    regulation = {"name": "new.yaml", "text": make_regulation(key="pressed-twice", prefix="ДВ")}
    return [
        Sent(calls.ImportForm, cast.officer, page(world, "calls:import"), regulation),
        Sent(calls.BeginForm, cast.officer, page(world, "calls:begin"), {"title_ru": "Новый двор"}),
        Sent(calls.AskForm, cast.stranger, page(world, "calls:ask"), {"text": "Можно ли вдвоём?"}),
    ]


def of_applications(world: World) -> list[Sent]:
    cast, now = world.cast, timezone.now()
    other, checked = make_call(cast.officer, now=now), make_call(cast.officer, now=now)
    make_submitted(checked, now=now)
    checked.applications.update(state="admitted")
    Call.objects.filter(pk=checked.pk).update(state="closed")
    member = {"name": "Олег", "email": "oleg@example.org", "part": "", "rights": "view"}
    eligible = {"e_town": "yes", "applicant_kind": "person"}
    return [
        Sent(applications.StartForm, cast.stranger, page(world, "applications:start"), eligible),
        Sent(
            applications.ContinueForm,
            cast.applicant,
            page(world, "applications:continue"),
            {"call": other.slug, "e_town": "yes"},
        ),
        Sent(applications.SendForm, cast.applicant, page(world, "applications:submit")),
        Sent(applications.LateForm, cast.applicant, page(world, "applications:ask_late"), {"why": "Свет"}),
        Sent(applications.FilesForm, cast.applicant, page(world, "applications:files"), {"files": PDF}),
        Sent(applications.AdmissionForm, cast.officer, page(world, "applications:admission", slug=checked.slug)),
        Sent(proposals.InviteForm, cast.applicant, page(world, "applications:team"), member),
        Sent(
            results.AppealForm,
            cast.applicant,
            page(world, "results:file"),
            {"grounds": "count", "text": "Третий лист сдан в срок, но в сумме его нет."},
        ),
    ]


def of_judging(world: World) -> list[Sent]:
    cast, now = world.cast, timezone.now()
    level = make_call(cast.officer, now=now, state="judging", ties="[lot]")
    make_judged(level, officer=cast.officer, now=now, scores=[("4", "4"), ("4", "4")])
    unplanned = make_call(cast.officer, now=now, state="judging")
    make_admitted(unplanned, now=now)
    make_expert()
    return [
        Sent(reviews.AskPlanForm, cast.officer, page(world, "reviews:ask_plan", slug=unplanned.slug), {"seed": "семь"}),
        Sent(reviews.SpeakForm, cast.expert, page(world, "reviews:discussion"), {"text": "Посмотрите смету ещё раз."}),
        Sent(councils.LotCommitForm, cast.director, page(world, "councils:commit_lot", slug=level.slug)),
    ]


def of_councils(world: World) -> list[Sent]:
    cast, now = world.cast, timezone.now()
    judged = make_call(cast.officer, now=now, state="judging")
    make_judged(judged, officer=cast.officer, now=now, scores=[("4", "4")])
    seats = {
        "starts_at": (now + timedelta(days=3)).strftime("%Y-%m-%dT10:00"),
        "place": "Зал",
        "members": [cast.council_member.pk],
        "chair": cast.director.pk,
        "secretary": cast.officer.pk,
        "ballot": "open",
    }
    side = {"name": "Город Советск", "person": "Главе города", "email": "town@example.org", "language": "ru"}
    motion = {"text": "Проложить маршрут.", "topic": ""}
    return [
        Sent(councils.MeetingForm, cast.officer, page(world, "councils:call_meeting", slug=judged.slug), seats),
        Sent(
            councils.ConveneForm,
            cast.officer,
            page(world, "councils:convene"),
            {**seats, "title": "Маршруты у озера", "topics": "Маршруты | Игорь Саблин"},
        ),
        Sent(councils.AddTopicForm, cast.officer, page(world, "councils:add_topic"), {"title": "Разное"}),
        Sent(councils.InviteForm, cast.officer, page(world, "councils:invite_side"), side),
        Sent(councils.RecordForm, cast.officer, page(world, "councils:hand_in"), {**motion, "said_by": "Пётр, житель"}),
        Sent(councils.HandInForm, None, page(world, "councils:side_hand_in"), motion),
    ]

"""A cancelled call opened anew: drafts go on there whole, their people are told, nothing is carried twice."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fund.core.errors import Refused
from fund.documents.actions import attach, copy_to
from fund.documents.models import Document
from fund.notices.models import Notice
from fund.questions.queries import answers_of
from grants.applications import tasks
from grants.applications.actions import carry_application, invite_member, lapse_application, withdraw_application
from grants.applications.actions.locking import SETTLED
from grants.applications.models import Application
from grants.calls.actions import adopt_sketch, cancel_call, open_call, reopen_call
from grants.calls.sketching import entered
from grants.proposals.actions import accept_invitation
from grants.proposals.models import TeamMember
from tests.factories.applications import ANSWERS, consent, make_ready, make_submitted
from tests.factories.calls import make_call, make_draft_call

NOW = timezone.now().replace(microsecond=0)
CONDITION = {
    "key": "age",
    "label": {"ru": "Сколько вам лет?", "en": ""},
    "least": "16",
    "refusal": {"ru": "С шестнадцати.", "en": ""},
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def cancelled(officer):
    return make_call(officer, now=NOW)


def reopen(call, officer, *, now=NOW, prefix="ЯЯЯ", **changed):
    """The cancelled call opened anew, its regulation mended by `changed` (a path in the sketch → a value)."""
    cancel_call(call, why="Ошибка в сроках", by=officer, now=now)
    sketch = reopen_call(call, by=officer, now=now)
    like = entered(make_draft_call(officer, now=now, opens=now - timedelta(hours=1)).regulation)
    sketch.data = {**sketch.data, "timeline": like["timeline"], **changed}
    sketch.data["call"] = {**sketch.data["call"], "key": f"{call.slug}-again", "number_prefix": prefix}
    sketch.save()
    new = adopt_sketch(sketch, by=officer, now=now)
    open_call(new, by=officer, now=now)
    return new


def test_carry_makes_a_draft_of_the_new_call_with_everything(cancelled, officer):
    old = make_ready(cancelled, now=NOW)
    new_call = reopen(cancelled, officer)

    assert tasks.carry_over() in (0, 1)  # the opening may have rung it already

    new = Application.objects.get(call=new_call)
    assert (new.owner, new.continues, new.state, new.amount) == (old.owner, old, "draft", old.amount)
    assert {key: answers_of(new).values[key] for key in ANSWERS} == ANSWERS
    assert list(Notice.objects.filter(kind="applications.carried").values_list("account", flat=True)) == [old.owner_id]


def test_carry_twice_makes_one(cancelled, officer):
    old = make_submitted(cancelled, now=NOW)
    new_call = reopen(cancelled, officer)

    for _ in range(2):
        tasks.carry_over()
        carry_application(application=old, now=NOW)

    assert Application.objects.filter(call=new_call).count() == 1
    assert Notice.objects.filter(kind="applications.carried").count() == 1


def test_carry_keeps_the_team_and_leaves_who_stepped_back(cancelled, officer, teammate):
    old, gone = make_ready(cancelled, now=NOW, applicant_kind="team"), make_ready(cancelled, now=NOW)
    member = invite_member(
        application=old, name="Илья", email=teammate.email, rights="edit", part="Монтаж", by=old.owner, now=NOW
    )
    consent(teammate, now=NOW)
    accept_invitation(member=member, first_name="Илья", last_name="Ветров", documents=[], by=teammate, now=NOW)
    withdraw_application(application=gone, by=gone.owner, now=NOW)
    new_call = reopen(cancelled, officer)

    tasks.carry_over()

    new = Application.objects.get(call=new_call)
    kept = TeamMember.objects.about(new).joined().get()
    assert (kept.account, kept.rights, kept.part) == (teammate, "edit", "Монтаж")
    assert set(new.authors()) == {old.owner, teammate}


def test_carry_asks_whoever_does_not_meet_new_conditions(cancelled, officer):
    old = make_ready(cancelled, now=NOW)
    new_call = reopen(cancelled, officer, eligibility=[CONDITION])

    for _ in range(2):
        tasks.carry_over()

    assert Application.objects.filter(call=new_call).count() == 0
    assert list(Notice.objects.filter(kind="applications.reopened").values_list("account", flat=True)) == [old.owner_id]


def test_nothing_is_missed_in_a_cancelled_call(cancelled, officer):
    draft = make_ready(cancelled, now=NOW)
    cancel_call(cancelled, why="Ошибка", by=officer, now=NOW)
    after = cancelled.closes_at + SETTLED + timedelta(seconds=1)

    assert lapse_application(application=draft, now=after) is False
    assert list(Application.objects.drafts_over(after)) == []


def test_reopen_once_and_only_what_was_cancelled(cancelled, officer):
    with pytest.raises(Refused):
        reopen_call(cancelled, by=officer, now=NOW)
    cancel_call(cancelled, why="Ошибка", by=officer, now=NOW)

    first, second = (reopen_call(cancelled, by=officer, now=NOW) for _ in range(2))

    assert first == second


def test_reopen_is_an_officers(cancelled, officer, stranger):
    cancel_call(cancelled, why="Ошибка", by=officer, now=NOW)

    with pytest.raises(Refused):
        reopen_call(cancelled, by=stranger, now=NOW)


def test_copied_files_have_bytes_of_their_own(cancelled):
    old, other = make_ready(cancelled, now=NOW), make_ready(cancelled, now=NOW)
    drawn = BytesIO()
    Image.new("RGB", (4, 4)).save(drawn, "PNG")
    file = SimpleUploadedFile("plan.png", drawn.getvalue())
    document = attach(file, to=old, by=old.owner, now=NOW, kind="plan", allowed=("png",))

    copy = copy_to(document, other, now=NOW)

    assert (copy.sha256, copy.kind, copy.of) == (document.sha256, "plan", other)
    assert copy.path != document.path
    assert Document.objects.about(old).live().count() == 1

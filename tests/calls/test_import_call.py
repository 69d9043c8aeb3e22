"""Loading a regulation file: all or nothing, twice changes nothing, every error has its line."""

import pytest
from django.utils import timezone

from fund.audit.models import Entry
from fund.core.errors import Refused
from grants.calls.actions import import_call
from grants.calls.models import Call, Version
from grants.scoring.marked import BadFile
from tests.factories.calls import make_call, make_draft_call, make_regulation

NOW = timezone.now()


def load(text, by, **options):
    return import_call(file="yard.yaml", text=text, by=by, now=NOW, **options)


def test_import_call_makes_a_draft_with_its_first_version(officer):
    call = load(make_regulation(NOW, key="yard", prefix="ЖД"), officer)

    assert (call.state, call.slug, call.code, call.curator) == ("draft", "yard", f"ЖД-{call.opens_at:%y}", officer)
    assert [(v.number, v.made_by) for v in call.versions.all()] == [(1, officer)]
    assert call.regulation.call.title.ru == "Живой двор"
    assert Entry.objects.about(call).get().verb == "calls.import_call"


def test_import_call_twice_changes_nothing(officer):
    text = make_regulation(NOW)
    first, second = load(text, officer), load(text, officer)

    assert first == second
    assert Version.objects.count() == 1
    assert Entry.objects.about(first).count() == 1


def test_import_call_into_a_draft_adds_a_version(officer):
    text = make_regulation(NOW)
    call = load(text, officer)

    load(text.replace("Живой двор", "Тихий двор"), officer)

    call.refresh_from_db()
    assert (call.title_ru, call.version.number) == ("Тихий двор", 2)


def test_import_call_refuses_an_open_call(officer):
    text = make_regulation(NOW, key="yard")
    make_call(officer, key="yard", prefix="ЯЯ")

    with pytest.raises(BadFile) as bad:
        load(text, officer)

    assert [problem.at for problem in bad.value.problems] == ["call.key"]


def test_import_call_names_everything_that_is_taken_at_once(officer):
    make_call(officer, key="yard", prefix="ЯЯ")
    make_draft_call(officer, prefix="ЖД")

    with pytest.raises(BadFile) as bad:
        load(make_regulation(NOW, key="yard", prefix="ЖД", expected="17.5"), officer)

    found = [problem.at for problem in bad.value.problems]
    assert found == ["call.key", "call.number_prefix", "rules.examples[0].applications.A.expect.total"]


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("envelope: 1000000", "envelope: -5", "money.envelope", "this must be more than 0"),
        ("weight: 3", "weight: -3", "rules.criteria[0].weight", "this must be 0 or more"),
        ("programme: creative", "programme: nothing", "call.programme", "the fund has no programme “nothing”"),
        ("digits: 1", "digitz: 1", "rules.digitz", "this key is not known here"),
        (
            "total: 18.0",
            "total: 17.5",
            "rules.examples[0].applications.A.expect.total",
            "the example expects 17.5, the rules give 18",
        ),
    ],
)
def test_import_call_names_the_line_and_keeps_nothing(officer, old, new, at, reason):
    text = make_regulation(NOW).replace(old, new)
    before = counts()

    with pytest.raises(BadFile) as bad:
        load(text, officer)

    line = next(n for n, words in enumerate(text.splitlines(), 1) if new in words)
    assert f"yard.yaml:{line}: {at}: {reason}" in [str(problem) for problem in bad.value.problems]
    assert counts() == before


def test_import_call_refuses_a_code_that_is_taken(officer):
    make_draft_call(officer, prefix="ЖД")

    with pytest.raises(BadFile) as bad:
        load(make_regulation(NOW, prefix="ЖД"), officer)

    assert [problem.at for problem in bad.value.problems] == ["call.number_prefix"]


def test_import_call_is_for_officers(applicant, director):
    for account in (applicant, director):
        with pytest.raises(Refused):
            load(make_regulation(NOW), account)
    assert Call.objects.count() == 0


def test_import_call_by_the_command_line_takes_an_officer_as_curator(officer):
    assert load(make_regulation(NOW), None).curator == officer


def counts() -> tuple[int, int, int]:
    return Call.objects.count(), Version.objects.count(), Entry.objects.count()

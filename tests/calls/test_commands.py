"""import_call and export_call from the command line."""

from html import unescape
from io import StringIO

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from grants.calls.models import Call, Version
from tests.factories.calls import make_regulation

NOW = timezone.now()


@pytest.fixture
def file(tmp_path):
    def write(text: str) -> str:
        path = tmp_path / "yard.yaml"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def run(*words, **options) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command(*words, stdout=out, stderr=err, **options)
    finally:
        run.err = err.getvalue()
    return out.getvalue(), err.getvalue()


def test_import_call_makes_a_draft(officer, file):
    out, _err = run("import_call", file(make_regulation(NOW, key="yard")))

    assert out.startswith("A new draft call yard; 1 worked examples come out right.")
    assert Call.objects.get().curator == officer


def test_import_call_dry_run_changes_nothing(officer, file):
    run("import_call", file(make_regulation(NOW)), dry_run=True)

    assert Call.objects.count() == 0


OWN_SHARE = (
    "    - {key: own, title: {ru: Вклад, en: Share}, automatic: {of: own_percent, range: {min: 0, max: 100}, "
    "bands: [{from: 0, to: 15, value: 0}, {from: 16, to: 100, value: 5}]}}\n  sheet_total"
)
# What an officer may get wrong: the text, what it is written as, where the line shows it, what is said.
WRONG = {
    "a negative weight": ("weight: 3", "weight: -3", "weight: -3", "rules.criteria[0].weight: this must be 0 or more"),
    "nothing weighs": (
        ("weight: 3", "weight: 2"),
        ("weight: 0", "weight: 0"),
        "criteria:",
        "rules.criteria: all weights are zero: there is nothing to add up",
    ),
    "a gap between bands": (
        "  sheet_total",
        OWN_SHARE,
        "key: own,",
        "rules.criteria[2].automatic.bands[1].from: the bands leave a gap between 15 and 16: no band holds 15.5",
    ),
    "an unknown key": ("digits: 1", "digitz: 1", "digitz: 1", "rules.digitz: this key is not known here"),
    "a wrong example": (
        "total: 18.0",
        "total: 17.5",
        "total: 17.5",
        "rules.examples[0].applications.A.expect.total: the example expects 17.5, the rules give 18",
    ),
}


def rows_everywhere() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models() if model._meta.managed}


@pytest.mark.parametrize("fault", WRONG)
def test_import_call_of_a_wrong_file_exits_with_its_line(officer, file, settings, signed_in, fault):
    """The command and the upload page say the same of it, and nothing anywhere is changed."""
    settings.LANGUAGE_CODE = "en"
    old, new, mark, says = WRONG[fault]
    text = make_regulation(NOW)
    for before, after in zip(*((old, new) if isinstance(old, tuple) else ((old,), (new,))), strict=True):
        text = text.replace(before, after)
    line = next(n for n, words in enumerate(text.splitlines(), 1) if mark in words)
    path, desk = file(text), signed_in(officer)
    rows = rows_everywhere()

    with pytest.raises(SystemExit) as stop:
        run("import_call", path)
    page = desk.post("/en/desk/import-call/", {"file": SimpleUploadedFile("yard.yaml", text.encode())})

    assert stop.value.code == 1
    assert f"{path}:{line}: {says}\n" in run.err
    assert [page.status_code, *page.context["problems"]] == [422, *run.err.replace(path, "yard.yaml").splitlines()]
    assert f"yard.yaml:{line}: {says}" in unescape(page.text)
    assert rows_everywhere() == rows


def test_import_call_without_any_officer_says_so(db, file):
    with pytest.raises(CommandError):
        run("import_call", file(make_regulation(NOW)))


def test_export_call_can_be_imported_again(officer, file):
    run("import_call", file(make_regulation(NOW, key="yard")))

    out, _err = run("export_call", "yard")
    run("import_call", file(out))

    assert Version.objects.count() == 1


def test_export_call_of_nothing_says_so(db):
    with pytest.raises(CommandError):
        run("export_call", "nothing")

"""Words: found in Python and templates, kept through a new gathering, judged strictly."""

import polib
import pytest

from fund.core import messages
from fund.core.messages import Message

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext
_("One")
ngettext("%(n)s day", "%(n)s days", 2)
pgettext("step", "done")
"""
TEMPLATE = """
  {% if x %}
{% translate "Two" %}
      {% blocktranslate count n=2 %}{{ n }} sheet{% plural %}{{ n }} sheets{% endblocktranslate %}
    {% endif %}
{% translate "Open" context "call" %}
"""


@pytest.fixture
def base(tmp_path):
    room = tmp_path / "fund" / "rooms"
    room.mkdir(parents=True)
    (room / "actions.py").write_text(PYTHON)
    pages = tmp_path / "templates" / "rooms"
    pages.mkdir(parents=True)
    (pages / "list.html").write_text(TEMPLATE)
    letters = tmp_path / "templates" / "notices" / "rooms"
    letters.mkdir(parents=True)
    (letters / "made.subject.txt").write_text('{% translate "Made" %}')
    return tmp_path


@pytest.fixture
def found(base):
    return messages.gather("rooms", base / "fund" / "rooms", base)


def test_gather_reads_python_templates_and_letters(found):
    assert [(m.context, m.text, m.plural) for m in found.values()] == [
        ("", "One", ""),
        ("", "%(n)s day", "%(n)s days"),
        ("step", "done", ""),
        ("", "Two", ""),
        ("", "%(n)s sheet", "%(n)s sheets"),
        ("call", "Open", ""),
        ("", "Made", ""),
    ]


def entry(**parts):
    file = messages.new_file()
    file.append(polib.POEntry(**parts))
    return file


def one(text, plural=""):
    message = Message("", text, plural, "x.py")
    return {message.key: message}


def test_merge_keeps_translations_and_drops_what_is_gone(found):
    file = entry(msgid="One", msgstr="Один")
    file.append(polib.POEntry(msgid="Gone", msgstr="Нет"))

    messages.merge(file, found)

    assert [e.msgid for e in file] == [m.text for m in found.values()]
    assert file[0].msgstr == "Один"


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        (messages.new_file(), "missing: 'Hi %(name)s' (x.py)"),
        (entry(msgid="Hi %(name)s", msgstr=""), "empty: 'Hi %(name)s'"),
        (entry(msgid="Hi %(name)s", msgstr="Привет %(nam)s"), "placeholders differ: 'Hi %(name)s'"),
        (entry(msgid="Hi %(name)s", msgstr="Привет %(name)s", flags=["fuzzy"]), "fuzzy: 'Hi %(name)s'"),
    ],
)
def test_faults_of_one_message(file, fault):
    assert messages.faults(file, one("Hi %(name)s")) == [fault]


def test_faults_of_forgotten_messages():
    assert messages.faults(entry(msgid="Old", msgstr="Старое"), {}) == ["no longer used: 'Old'"]
    assert messages.faults(entry(msgid="Old", msgstr="Старое", obsolete=True), {}) == ["obsolete: 'Old'"]


@pytest.mark.parametrize("forms", [{0: "%(n)s день", 1: "%(n)s дня", 2: ""}, {0: "%(n)s день", 1: "%(n)s дня"}])
def test_faults_of_a_lacking_plural(forms):
    file = entry(msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural=forms)

    assert messages.faults(file, one("%(n)s day", "%(n)s days")) == ["empty: '%(n)s day'"]


def test_no_fault_where_all_is_well():
    forms = {0: "%(n)s день", 1: "%(n)s дня", 2: "%(n)s дней"}
    file = entry(msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural=forms)

    assert messages.faults(file, one("%(n)s day", "%(n)s days")) == []

"""The form pack: our markup, errors that name their field, groups that announce themselves."""

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.utils import translation

from fund.core.forms import Form


class Ask(Form):
    name = forms.CharField(label="Name", max_length=10, help_text="Short")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    more = forms.CharField(label="More", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Agree", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture
def html():
    def render(form):
        with translation.override("en"):
            return render_crispy_form(form)

    return render


def test_field_has_label_and_hint(html):
    page = html(Ask())

    assert '<label for="id_name">Name</label><div class="hint" id="id_name_helptext">Short</div>' in page
    assert 'aria-describedby="id_name_helptext"' in page


def test_optional_is_said_in_words(html):
    page = html(Ask())

    assert 'More <span class="opt">(optional)</span>' in page
    assert "*" not in page
    assert "required" not in page


def test_radio_group_is_a_fieldset(html):
    assert '<fieldset id="div_id_kind" class="field"><legend>Kind</legend>' in html(Ask())


def test_summary_links_each_error_to_its_field(html):
    page = html(Ask({"name": ""}))

    assert '<div class="summary" role="alert" tabindex="-1" autofocus><h2>Fix 2 places</h2>' in page
    assert '<a href="#id_name">Fill in “Name”</a>' in page
    assert '<a href="#id_kind_0">Choose: “Kind”</a>' in page


def test_error_stands_at_its_field(html):
    page = html(Ask({"name": "", "kind": "a"}))

    assert "<h2>Fix one place</h2>" in page
    assert '<div id="div_id_name" class="field bad">' in page
    assert '<span class="vh">Error: </span>Fill in “Name”' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page


def test_refusal_above_the_form_is_told(html):
    form = Ask({"name": "x", "kind": "a"})
    form.add_error(None, "The envelope is empty")

    assert "<li>The envelope is empty</li>" in html(form)


def test_hidden_fields_have_no_label(html):
    assert '<input type="hidden" name="token" id="id_token">' in html(Ask())

"""Input about calls: a regulation file, dates, amendments, questions and answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fund.core.fields import MoneyInput
from fund.core.forms import Form, OnceForm

MOST_BYTES = 1_000_000
DATES = {
    "opens": _("Applications open"),
    "closes": _("Deadline for applications"),
    "checked_by": _("Formal check until"),
    "judged_by": _("Experts judge until"),
    "decided_by": _("Decision until"),
    "released_by": _("Results and letters until"),
}
LATER = ("closes", "checked_by", "judged_by", "decided_by", "released_by")
OPTIONAL = ("decided_by", "released_by")


class UploadForm(Form):
    """A regulation file to look at before anything is made of it."""

    file = forms.FileField(
        label=_("Regulation file"),
        help_text=_("YAML, up to 1 MB. You will see what is in it before anything is saved."),
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
    )

    def clean_file(self):
        """The name and the text of the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB. A regulation is a text of a few pages."), code="size")
        try:
            return file.name, file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This file is not text. Save the regulation as YAML in UTF-8."), code="text") from None


class ImportForm(OnceForm):
    """The same text once more, now to be kept: it was shown, so what is saved is what was seen."""

    name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    text = forms.CharField(max_length=MOST_BYTES, strip=False, widget=forms.HiddenInput)


def date_field(name: str, *, required: bool) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "w-sum"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=DATES[name], required=required, widget=widget)


class RescheduleForm(Form):
    """All dates of a call that has not opened, in the reader's zone."""

    opens, closes, checked_by, judged_by, decided_by, released_by = (date_field(n, required=n not in OPTIONAL) for n in DATES)


class AmendForm(Form):
    """The three things that an open call may change, and why."""

    closes, checked_by, judged_by, decided_by, released_by = (date_field(name, required=False) for name in LATER)
    envelope = MoneyInput(label=_("Envelope, ₽"), required=False, help_text=_("It can only grow."))
    clarification_ru = forms.CharField(
        label=_("Clarification in Russian"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Explains a rule and changes none. It will stand on the call's page with today's date."),
    )
    clarification_en = forms.CharField(
        label=_("Clarification in English"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who has begun an application will read it."),
    )

    def clean(self):
        if self.cleaned_data.get("clarification_en") and not self.cleaned_data.get("clarification_ru"):
            self.add_error("clarification_ru", _("Write the clarification in Russian too"))
        return self.cleaned_data

    @property
    def changes(self) -> dict:
        """What the verb takes: only what was filled in."""
        given = self.cleaned_data
        text = {"ru": given["clarification_ru"], "en": given["clarification_en"]} if given["clarification_ru"] else None
        dates = {name: given[name] for name in LATER if given[name]}
        return {"dates": dates, "envelope": given["envelope"], "clarification": text, "reason": given["reason"]}


class CancelForm(Form):
    why = forms.CharField(
        label=_("Why is the call cancelled?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The reason will stand on the call's page and in the letters to everyone who has begun an application."),
    )


class AskForm(OnceForm):
    text = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6, "data-limit": "2000"}),
        help_text=_("The answer may be published on the call's page without your name."),
    )


class AnswerForm(Form):
    answer = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    is_public = forms.TypedChoiceField(
        label=_("Who will read it?"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("Everyone: on the call's page, without the asker's name")), ("no", _("Only the one who asked"))],
        widget=forms.RadioSelect,
        initial="yes",
    )

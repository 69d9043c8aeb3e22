"""Input of files: a field that takes several, checks each, and works without scripts; and of what verifies a paper."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fund.core.forms import Form

from .codes import read_code, written
from .formats import BY_EXTENSION, LARGEST, USUAL, Checked, Unfit, check_upload, words


class Files(forms.FileInput):
    """The browser's own chooser, for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else [files[name]] if name in files else []


class DocumentInput(forms.FileField):
    """Up to `most` files of the allowed kinds; cleans to a list of Checked, which `attach` takes as they are.

    One file that does not fit is named and refused; nothing of the form is stored then.
    """

    widget = Files

    def __init__(self, *, allowed: tuple[str, ...] = USUAL, most: int = 1, largest: int = LARGEST, **kwargs: Any):
        self.allowed, self.most, self.largest = allowed, most, largest
        kwargs.setdefault("help_text", hint(allowed, most, largest))
        super().__init__(**kwargs)
        endings = [*allowed, *(["jpeg"] if "jpg" in allowed else [])]
        self.widget.attrs["accept"] = ",".join(f".{e},{BY_EXTENSION[e].media_type}" for e in endings)
        if most > 1:
            self.widget.attrs["multiple"] = True

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            if self.required and not initial:
                raise ValidationError(_("Attach a %(kinds)s") % {"kinds": words(self.allowed)}, code="required")
            return []
        if len(files) > self.most:
            raise ValidationError(_("Attach no more than %(most)s files at once") % {"most": self.most}, code="most")
        checked, errors = [], []
        for file in files:
            try:
                checked.append(check_upload(file, allowed=self.allowed, largest=self.largest))
            except Unfit as unfit:
                errors.append(ValidationError(unfit.message, code=unfit.code))
        if errors:
            raise ValidationError(errors)
        return checked

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data)


def _hint(allowed: tuple[str, ...], most: int, largest: int) -> str:
    """`PDF, DOCX or PNG, up to 20 MB; 5 files at most`"""
    size = _("%(kinds)s, up to %(size)s MB") % {"kinds": words(allowed), "size": largest // 1_000_000}
    if most == 1:
        return size
    return size + "; " + ngettext("%(most)s file at most", "%(most)s files at most", most) % {"most": most}


hint = lazy(_hint, str)


class CodeForm(Form):
    """The code printed at the foot of a paper, however it is typed."""

    code = forms.CharField(
        label=_("Check code"),
        max_length=60,
        help_text=_("Twelve letters and digits at the foot of the paper. Spaces, dashes and capitals do not matter."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code:
            raise ValidationError(
                _("A check code has twelve letters and digits, for example %(code)s") % {"code": written("7khm2xq9pt4d")}
            )
        return code


class PaperForm(Form):
    """The file of a paper, to be compared byte by byte. It is not kept."""

    file = forms.FileField(
        label=_("The PDF as you received it"),
        help_text=_("We compare its fingerprint and keep nothing. A scan or a print is another file: check its code."),
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        error_messages={"required": _("Choose the file"), "empty": _("The file is empty")},
    )

    def clean_file(self) -> Any:
        if self.cleaned_data["file"].size > LARGEST:
            raise ValidationError(_("A paper of the fund is smaller than %(size)s MB") % {"size": LARGEST // 1_000_000})
        return self.cleaned_data["file"]

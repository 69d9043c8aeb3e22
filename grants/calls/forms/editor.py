"""The editor's form: one page of a sketch as fields and rows, drawn from its shape; and the form that begins a sketch."""

import secrets
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fund.core.forms import Form, OnceForm

from ..models import Call
from ..sketching import Context, Found, Page, page_of, sentence_of
from ..sketching.leaves import Leaf, Several, Words
from ..sketching.shapes import Cells, Group, Rows, join
from .drawing import Block, flat, row_words
from .fields import field_of


class PageForm(Form):
    """One page over a sketch's data. Whatever can be stored is right here; `say(faults)` puts what is wrong at its fields.

    Names of fields are names of places: `rules-criteria-0-weight`.
    """

    def __init__(self, page: Page, data: dict, context: Context, *, tab: str = ""):
        self.page, self.context = page, context
        super().__init__(MultiValueDict())
        self._tab = tab
        self.token = page.token(data)
        stored: Any = data
        for step in page.steps:
            stored = stored[step] if isinstance(step, int) else (stored or {}).get(step)
        self.blocks = list(self._drawn(page, stored))

    @cached_property
    def tab(self) -> str:
        """A name for this open window, the same over all its savings."""
        return self._tab or secrets.token_urlsafe(12)

    def _drawn(self, page: Page, stored: Any) -> Iterator[Block]:
        if isinstance(page.shape, Rows):
            yield self._rows(page.shape, stored or [], page.name, page.steps)
        else:
            yield from self._group(page.shape, stored or {}, page.name, page.steps)

    def _group(self, group: Group, stored: dict, name: str, at: tuple) -> Iterator[Block]:
        """Short fields that follow one another stand side by side, those of a group without a title among them."""
        beside: list[Any] = []
        for part, row, own, place in self._parts(group, stored, name, at):
            if isinstance(part, Leaf) and part.is_short:
                beside.append(self._add(part, row, own, place))
                continue
            if beside:
                yield Block("beside", fields=beside)
                beside = []
            yield self._one(part, row, own, (*place, part.key))
        if beside:
            yield Block("beside", fields=beside)

    def _parts(self, group: Group, stored: dict, name: str, at: tuple) -> Iterator[tuple[Any, dict, str, tuple]]:
        """Each part that stands here, with the row it belongs to, its name and its place."""
        for part in (part for part in group.parts if part.stands_in(stored)):
            own = join(name, part.key)
            if isinstance(part, Group) and not part.title:
                yield from self._parts(part, stored.get(part.key) or {}, own, (*at, part.key))
            elif not self._is_empty(part, stored, at):
                yield part, stored, own, at

    def _is_empty(self, part: Any, stored: dict, at: tuple) -> bool:
        """Boxes of which there are none yet."""
        return isinstance(part, Several) and not stored.get(part.key) and not part.choices_in(self.context, at)

    def _one(self, part: Any, stored: dict, name: str, at: tuple) -> Block:
        value = stored.get(part.key)
        if isinstance(part, Words):
            return Block("pair", fields=self._pair(part, stored, name))
        if isinstance(part, Leaf):
            return Block("one", fields=[self._add(part, stored, name, at[:-1])])
        if isinstance(part, Rows):
            return self._rows(part, value or [], name, at)
        if isinstance(part, Cells):
            return Block("cells", title=part.title, hint=part.hint, fields=list(self._cells(part, value or {}, name, at)))
        return Block("group", name=name, title=part.title, hint=part.hint, blocks=list(self._group(part, value or {}, name, at)))

    def _rows(self, rows: Rows, stored: list, name: str, at: tuple) -> Block:
        drawn = [
            Block(
                "row",
                name=f"{name}-{n}",
                title=row_words(rows, row, n),
                hint=rows.note(row) if rows.note else "",
                fields=list(self._line(rows, row, f"{name}-{n}", (*at, n))) if rows.is_table else [],
                blocks=[] if rows.is_table else list(self._group(rows.drawn, row, f"{name}-{n}", (*at, n))),
                path=f"{self.page.path}/{n}" if rows.apart else "",
                was=row.get("key", "") if rows.apart and rows.drawn.parts else "",
                is_first=n == 0,
                is_last=n == len(stored) - 1,
            )
            for n, row in enumerate(stored)
        ]
        adds = [(f"add:{name}:{kind}" if kind else f"add:{name}", words) for kind, words, _new in rows.adds]
        return Block(
            "table" if rows.is_table else "rows",
            name=name,
            title="" if rows is self.page.shape else rows.title,
            hint=rows.hint,
            blocks=drawn,
            adds=[] if len(stored) >= rows.most else adds,
            heads=[field.label for field in drawn[0].fields] if drawn and rows.is_table else [],
        )

    def _line(self, rows: Rows, row: dict, name: str, at: tuple) -> Iterator[forms.BoundField]:
        """The fields of a row that is a line of a table; each says its column and its row to those who do not see them."""
        for part, stored, own, place in self._parts(rows.row, row, name, at):
            if isinstance(part, Words):
                fields = self._pair(part, stored, own)
            elif isinstance(part, Cells):
                fields = list(self._cells(part, stored.get(part.key) or {}, own, (*place, part.key)))
            else:
                fields = [self._add(part, stored, own, place)]
            for field in fields:
                words = {"label": field.label, "row": row_words(rows, row, at[-1])}
                field.is_half = isinstance(part, Cells) or (isinstance(part, Leaf) and part.is_short)
                field.field.widget.attrs["aria-label"] = gettext("%(label)s: %(row)s") % words
                yield field

    def _add(self, leaf: Leaf, stored: dict, name: str, at: tuple) -> forms.BoundField:
        value = leaf.shown(stored.get(leaf.key), stored)
        self.fields[name] = field_of(leaf, value, self.context, at)
        self._fill(name, flat(leaf, value))
        return self[name]

    def _pair(self, leaf: Words, stored: dict, name: str) -> list[forms.BoundField]:
        """The Russian text, which bears the label and the hint, and the English one."""
        for lang in ("ru", "en"):
            value, own = (stored.get(leaf.key) or {}).get(lang, ""), f"{name}-{lang}"
            self.fields[own] = field = field_of(leaf, value, self.context, ())
            field.widget.attrs["lang"] = lang
            if lang == "en":
                field.label, field.help_text, field.required = (
                    gettext("%(label)s, in English") % {"label": leaf.label},
                    "",
                    leaf.optional,
                )
            self._fill(own, [value])
        return [self[f"{name}-ru"], self[f"{name}-en"]]

    def _cells(self, cells: Cells, value: dict, name: str, at: tuple) -> Iterator[forms.BoundField]:
        for key, words in cells.columns_in(self.context, at, value):
            leaf = Leaf(key, words, quiet=True)
            leaf.is_short = True
            yield self._add(leaf, {key: value.get(key, "")}, f"{name}-{key}", at)

    def _fill(self, name: str, values: list) -> None:
        if values:
            self.data.setlist(name, values)

    def say(self, faults: Iterable[Found]) -> bool:
        """Puts the faults of this page at their fields; True if there were none. Those of rows with pages of their own stay there."""
        mine = [fault for fault in faults if self.is_mine(fault)]
        for fault in mine:
            words = sentence_of(fault)
            field = self.field_for(fault.name)
            if words not in self.errors.get(field or forms.forms.NON_FIELD_ERRORS, []):
                self.add_error(field, words)
        return not mine

    def is_mine(self, fault: Found) -> bool:
        return page_of(fault.name) == self.page.path or fault.name in self.fields

    def field_for(self, name: str) -> str | None:
        """The field of that name, else the first below that place; None where it is the whole page's."""
        if name in self.fields:
            return name
        if name == self.page.name:
            return None
        return next((own for own in self.fields if own.startswith(f"{name}-")), None)

    def texts(self) -> dict[str, str]:
        """What each field says, as a reader sees it: for two texts side by side."""
        return {name: ", ".join(map(str, self.data.getlist(name))) for name in self.fields}


class BeginForm(OnceForm):
    """A new call: its title, and what it begins from."""

    title_ru = forms.CharField(label=_("Title in Russian"), max_length=120)
    title_en = forms.CharField(label=_("Title in English"), max_length=120, required=False)
    source = forms.ModelChoiceField(
        Call.objects.none(),
        label=_("Begin from"),
        to_field_name="slug",
        required=False,
        empty_label=_("nothing: an empty regulation"),
        help_text=_("Everything of that call is taken over but its name, its address and its dates."),
    )

    def __init__(self, *args: Any, calls: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = calls

"""What a written proposal has, whichever way it came: its base, its team, its costs, its receipts."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fund.core.fields import MoneyField
from fund.core.models import Opaque, Upward, UpwardQuerySet

APPLICANT_KINDS = [("person", _("one person")), ("team", _("a team")), ("organisation", _("an organisation"))]
# Who is paid in the end: what the agreement, the tax and the papers to ask for depend on.
PAYEES = [
    ("employee", _("employee of the cluster")),
    ("private", _("private person")),
    ("self_employed", _("self-employed person")),
    ("sole_trader", _("sole trader")),
    ("nonprofit", _("non-profit organisation")),
    ("municipal", _("municipal body")),
    ("company", _("company")),
]
# What follows of itself from the kind of an organisation; an informal group has no account of its own.
PAYEE_OF = {
    "sole_trader": "sole_trader",
    "nonprofit": "nonprofit",
    "municipal": "municipal",
    "school": "municipal",
    "company": "company",
}
UNTITLED = _("Untitled")
RIGHTS = [("view", _("may read")), ("edit", _("may write")), ("submit", _("may write and send"))]


class Proposal(Opaque):
    """The base of everything that asks the fund for something in writing."""

    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=120, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applicant_kind = models.CharField(_("who applies"), max_length=20, choices=APPLICANT_KINDS, default="person")
    organisation = models.ForeignKey("people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    payee_kind = models.CharField(_("who is paid"), max_length=20, choices=PAYEES, blank=True, default="", db_default="")
    guardian = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What counts: of the draft until it is sent, from then on of what was sent last. Lists, rankings and envelopes ask for it.
    amount = MoneyField(_("asked from the fund"), default=0)
    own_amount = MoneyField(_("own share"), default=0)
    minimum = MoneyField(_("the least it can be made with"), null=True, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The title, or a word for a draft that has none yet."""
        return self.title or str(UNTITLED)

    @property
    def payee(self) -> str:
        """Who is paid, as said or as the organisation's kind says; empty while that is open."""
        of_organisation = PAYEE_OF.get(self.organisation.kind, "") if self.organisation is not None else ""
        return self.payee_kind or of_organisation

    def page(self, verb: str) -> tuple[str, str]:
        """Where a letter leads: every room of proposals calls its pages `read` and `team` alike."""
        return f"{self._meta.app_label}:{verb}", self.uid


class TeamMemberQuerySet(UpwardQuerySet):
    def live(self):
        return self.filter(removed_at=None, declined_at=None)

    def joined(self):
        return self.live().exclude(accepted_at=None)

    def without_consent(self):
        return self.live().filter(consented_at=None)

    def waiting_for(self, user, now):
        """Invitations this user may still answer, by the address of their account."""
        return self.live().filter(email__iexact=user.email, accepted_at=None, expires_at__gt=now)


class TeamMember(Opaque, Upward):
    """A person named in a proposal: invited by address, with rights, consenting alone."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    part = models.CharField(_("part in the project"), max_length=200, blank=True)
    rights = models.CharField(_("rights"), max_length=10, choices=RIGHTS, default="view")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    consented_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["of_type", "of_id"]), models.Index(fields=["account"])]
        constraints = [
            models.UniqueConstraint(
                fields=["of_type", "of_id", "email"],
                condition=Q(removed_at=None, declined_at=None),
                name="one_live_member_per_address",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("invited_at")), name="an_invitation_expires_later"),
        ]

    def __str__(self) -> str:
        return self.name

    def state_at(self, now) -> str:
        """joined, declined, expired or invited: what pages say of an invitation."""
        if self.declined_at is not None:
            return "declined"
        if self.accepted_at is not None:
            return "joined"
        return "expired" if self.expires_at <= now else "invited"


class CostLine(Upward):
    """One line of a cost table. The whole costs quantity × unit price; the fund is asked for a part of it."""

    position = models.PositiveSmallIntegerField()
    category = models.CharField(_("category"), max_length=40)
    title = models.CharField(_("what for"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2)
    unit_price = MoneyField(_("price"))
    requested = MoneyField(_("from the grant"))
    own = MoneyField(_("own share"))

    objects = UpwardQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["of_type", "of_id", "position"], name="cost_lines_are_numbered"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gte=0, requested__gte=0, own__gte=0), name="costs_are_not_negative"
            ),
        ]


class Receipt(Upward):
    """What was submitted, when, under which number, and the hash of the whole of it. Append-only."""

    number = models.CharField(max_length=20)
    submitted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    objects = UpwardQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["of_type", "of_id"])]

    def __str__(self) -> str:
        return f"{self.number} {self.submitted_at:%Y-%m-%d %H:%M}"

    @property
    def snapshot(self) -> dict:
        """Everything that was submitted; empty once it was erased."""
        return self.contents.snapshot if hasattr(self, "contents") else {}


class ReceiptContents(models.Model):
    """What a receipt is the hash of. It names people, so it lies beside the receipt and can be erased without it."""

    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="contents")
    snapshot = models.JSONField()

    class Meta:
        verbose_name_plural = "receipt contents"

    def __str__(self) -> str:
        return f"contents of {self.receipt_id}"

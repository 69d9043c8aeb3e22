"""Pages of this room: inbox, preferences, unsubscribing, letters that failed."""

from django.db.models import F
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from fund.accounts.models import Account
from fund.core.pages import ListPage, ThingPage, ThingVerbPage, VerbPage

from . import actions, queries
from .forms import Preferences
from .letters import own_path, read_unsubscribe, text_of
from .models import Address, Delivery, Notice
from .permissions import can_resend
from .registry import KINDS


class Inbox(ListPage):
    """Everything that was told to me, newest first; nothing is marked read by looking."""

    template_name = "inbox/inbox.html"
    title = _("Messages")
    nav = "inbox"

    def get_rows(self):
        return Notice.objects.visible_to(self.request.user).with_inbox().select_related("account")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["messages_of_page"] = queries.messages(context["rows"], get_language())
        context["unread"] = queries.unread(self.request.user)
        return context


class NoticePage(ThingPage):
    """One message, whole."""

    model = Notice
    template_name = "inbox/notice.html"
    nav = "inbox"

    def get_queryset(self):
        return super().get_queryset().with_inbox().select_related("account")

    def get_title(self):
        return self.message.subject

    def get_crumbs(self):
        return [(_("Messages"), reverse("notices:inbox"))]

    @cached_property
    def message(self):
        return queries.messages([self.thing], get_language())[0]

    def get_context_data(self, **kwargs):
        text = text_of(self.thing, get_language())
        return super().get_context_data(message=self.message, text=text, **kwargs)


class Read(ThingVerbPage):
    """Opens a message: marks it read and goes where it leads."""

    model = Notice
    http_method_names = ["post"]
    template_name = "inbox/notice.html"

    def get_queryset(self):
        return super().get_queryset().with_inbox()

    def act(self, form):
        actions.read([self.thing], now=self.request.now)
        return own_path(self.thing.link, get_language()) or reverse("notices:notice", args=[self.thing.uid])


class ReadAll(VerbPage):
    """Marks everything read."""

    http_method_names = ["post"]
    template_name = "inbox/inbox.html"

    def act(self, form):
        actions.read(Notice.objects.visible_to(self.request.user), now=self.request.now)
        return reverse("notices:inbox")


class Prefer(VerbPage):
    """Which letters come how."""

    form_class = Preferences
    template_name = "inbox/prefer.html"
    title = _("Which letters you get")
    nav = "inbox"
    done = _("Saved")

    def get_crumbs(self):
        return [(_("Messages"), reverse("notices:inbox"))]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "account": self.request.user}

    def act(self, form):
        actions.prefer(self.request.user, form.modes(), quiet=form.quiet())
        return reverse("notices:prefer")


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(VerbPage):
    """The link under a letter: GET shows, POST acts. Mail programs post it in one click, without cookies."""

    template_name = "inbox/unsubscribe.html"
    title = _("Stop these letters")

    @cached_property
    def subject(self):
        """Whom and which kind the signed link means; 404 when it is foreign or about nobody."""
        payload = read_unsubscribe(self.kwargs["token"])
        if payload is None or payload[2] not in KINDS:
            raise Http404
        account, address, kind = payload
        model, pk = (Account, account) if account else (Address, address)
        recipient = model.objects.filter(pk=pk).first()
        if recipient is None:
            raise Http404
        return recipient, KINDS[kind]

    def get_context_data(self, **kwargs):
        is_done = "done" in self.request.GET
        return super().get_context_data(kind=self.subject[1], is_done=is_done, **kwargs)

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        # A mail program's click must not be answered by a redirect (RFC 8058).
        return HttpResponse(status=200) if "List-Unsubscribe" in request.POST else response

    def act(self, form):
        recipient, kind = self.subject
        actions.unsubscribe(recipient, kind.name)
        return self.request.path + "?done"


class Officers:
    """Only for who may resend; to others the page does not exist."""

    def dispatch(self, request, *args, **kwargs):
        if not can_resend(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class FailedLetters(Officers, ListPage):
    """Letters that failed, and why; never what stands in them."""

    template_name = "inbox/failed.html"
    title = _("Letters that failed")
    nav = "notices"

    def get_rows(self):
        rows = Delivery.objects.visible_to(self.request.user).failed_letters()
        return rows.select_related("notice__account", "notice__address")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["letters"] = [
            (row, KINDS[row.notice.kind].label if row.notice.kind in KINDS else row.notice.kind) for row in context["rows"]
        ]
        context["status"] = queries.status(self.request.now)
        return context


class Resend(Officers, ThingVerbPage):
    """Puts one dead letter back in line."""

    model = Delivery
    may = staticmethod(can_resend)
    http_method_names = ["post"]
    template_name = "inbox/failed.html"
    done = _("The letter is on its way again")

    def get_queryset(self):
        return super().get_queryset().annotate(uid=F("notice__uid"))

    def act(self, form):
        actions.resend(self.thing, by=self.request.user, now=self.request.now)
        return reverse("notices:failed")

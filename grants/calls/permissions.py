"""Who may run calls. `user` None is the clock: a task, a command."""

from fund.people.roles import has_role, plays


def runs(user, call=None) -> bool:
    """An officer of the fund, or of this call."""
    return has_role(user, "officer", call)


def can_see_desk(user) -> bool:
    """The officers' and directors' pages about calls."""
    return plays(user, "officer") or plays(user, "director")


def can_read_desk(user, call) -> bool:
    return runs(user, call) or has_role(user, "director", call)


def can_import(user, call=None) -> bool:
    return user is None or runs(user, call)


def can_reschedule(user, call) -> bool:
    return runs(user, call) and call.state in ("draft", "announced")


def can_begin(user) -> bool:
    """Writing the regulation of a new call."""
    return runs(user)


def can_edit(user, call) -> bool:
    """The regulation is written freely until the call opens."""
    return runs(user, call) and call.state in ("draft", "announced")


def can_write(user, sketch) -> bool:
    return runs(user) if sketch.call is None else can_edit(user, sketch.call)


def can_adopt(user, sketch) -> bool:
    return can_write(user, sketch)


def can_drop(user, sketch) -> bool:
    return can_write(user, sketch)


def can_reopen(user, call) -> bool:
    """A cancelled call, once: its drafts can go one way only."""
    return runs(user) and call.state == "cancelled" and not hasattr(call, "reopened_as")


def can_announce(user, call) -> bool:
    return runs(user, call)


def can_open(user, call) -> bool:
    """An officer; or the clock, at its hour."""
    return user is None or runs(user, call)


def can_start_judging(user, call) -> bool:
    return runs(user, call)


def can_decide(user, call) -> bool:
    return has_role(user, "director", call)


def can_release(user, call) -> bool:
    return has_role(user, "director", call)


def can_archive(user, call) -> bool:
    return runs(user, call)


def can_cancel(user, call) -> bool:
    return runs(user, call) or has_role(user, "director", call)


def can_amend(user, call) -> bool:
    """Once open and until it is judged: a later date of judging may still be given then."""
    return runs(user, call) and call.state in ("announced", "open", "closed", "judging")


def can_ask(user, call) -> bool:
    return user is not None and user.is_authenticated and call.state in ("announced", "open", "closed")


def can_answer(user, question) -> bool:
    return runs(user, question.call) and question.answered_at is None

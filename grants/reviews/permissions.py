"""Who may judge, and who may arrange the judging."""

from fund.people.roles import has_role, plays
from grants.applications.permissions import competes

from .keeping import is_kept
from .models import JUDGING, LIVE, Conflict, Sheet


def arranges(user, call) -> bool:
    """Whose the judging of a call is to arrange: an officer of it who competes with nobody there."""
    return has_role(user, "officer", call) and not competes(user, call)


def can_assign(user, call) -> bool:
    return call.state in JUDGING and arranges(user, call)


def can_count_plan(user, plan) -> bool:
    """Nobody's button: the job's, while experts are assigned."""
    return user is None and plan.call.state in JUDGING


def can_accept_plan(user, plan) -> bool:
    return can_assign(user, plan.call)


def can_replace(user, sheet) -> bool:
    """Ask somebody else in place of a sheet that was given back, closed, or is not in."""
    return can_call_expert(user, sheet.application)


def can_remind(user, call) -> bool:
    return can_assign(user, call)


def can_follow(user, call) -> bool:
    """Who may look at the progress of the judging and at the ranking."""
    return (has_role(user, "officer", call) or has_role(user, "director", call)) and not competes(user, call)


def can_part(user, call) -> bool:
    """Part equals by a lot or as the chair: a director of the call who competes with nobody in it."""
    return has_role(user, "director", call) and not competes(user, call)


def can_answer(user, sheet) -> bool:
    """Accept, decline or declare a conflict: the invited expert, while the call is being judged."""
    return user is not None and sheet.expert_id == user.pk and sheet.application.call.state in JUDGING


def can_read(user, sheet) -> bool:
    """The application of one's sheet, once the answers for conflicts are given, and until a tie is declared."""
    if user is None or sheet.expert_id != user.pk or not sheet.is_reading or not has_role(user, "expert", sheet.application.call):
        return False
    return not Conflict.objects.live().filter(application=sheet.application, expert=user).exists()


def can_accept(user, sheet) -> bool:
    return can_answer(user, sheet) and sheet.state == "invited"


def can_decline(user, sheet) -> bool:
    return can_answer(user, sheet) and sheet.state in ("invited", "accepted", "draft")


def can_declare_conflict(user, sheet) -> bool:
    return can_answer(user, sheet) and sheet.state in ("invited", "accepted", "draft", "submitted")


def can_find_conflict(user, sheet) -> bool:
    """Nobody's button: the rules close what they find tied, while the call is being judged."""
    return user is None and sheet.application.call.state in JUDGING


def can_score(user, sheet) -> bool:
    return can_answer(user, sheet) and sheet.state in ("accepted", "draft") and can_read(user, sheet)


def can_upload(user, call) -> bool:
    """The spreadsheet of one's sheets in a call: an expert of it who has one, while the call is being judged."""
    if call.state not in JUDGING or not has_role(user, "expert", call):
        return False
    return Sheet.objects.visible_to(user).of_call(call).reading().filter(expert=user).exists()


def can_calibrate(user, call) -> bool:
    """One's own marks beside the others': an expert who handed one in, after the release and never before."""
    if not call.is_released or not has_role(user, "expert", call):
        return False
    return Sheet.objects.visible_to(user).of_call(call).submitted().filter(expert=user).exists()


def can_submit(user, sheet) -> bool:
    return can_score(user, sheet)


def can_reopen(user, sheet) -> bool:
    """An officer gives a handed-in sheet back, with a reason, while nothing is decided."""
    return can_assign(user, sheet.application.call) and not owes_sheet(user, sheet.application)


def can_revoke(user, sheet) -> bool:
    return can_assign(user, sheet.application.call)


def owes_sheet(user, application) -> bool:
    """Whoever still has to hand in their own sheet learns nothing of the others' on it, whatever else they are in the fund."""
    return Sheet.objects.filter(application=application, expert=user, state__in=LIVE).exclude(state="submitted").exists()


def can_compare(user, application) -> bool:
    """The sheets on one application side by side: officers and directors who are not tied to it and owe no sheet on it."""
    if not can_follow(user, application.call) or owes_sheet(user, application):
        return False
    return not Conflict.objects.live().filter(application=application, expert=user).exists()


def can_call_expert(user, application) -> bool:
    return can_assign(user, application.call) and can_compare(user, application)


def can_open_discussion(user, application) -> bool:
    return can_compare(user, application) and application.call.state in JUDGING


def can_reopen_discussion(user, discussion) -> bool:
    return can_open_discussion(user, discussion.application)


def can_close_discussion(user, discussion) -> bool:
    """An officer or director of the call; nobody at all (None) where the release closes it."""
    return user is None or can_compare(user, discussion.application)


def can_discuss(user, sheet) -> bool:
    """Reads the discussion: who has handed in their own sheet on the application, as long as it counts."""
    return sheet.is_submitted and can_read(user, sheet) and hasattr(sheet.application, "discussion")


def can_speak(user, sheet) -> bool:
    return can_discuss(user, sheet) and is_live(sheet.application.discussion)


def can_change(user, sheet) -> bool:
    """Changes a score already handed in: in a discussion only."""
    return can_speak(user, sheet)


def is_live(discussion) -> bool:
    """It ends with the judging, and with a decision on its application, whatever its stored state."""
    application = discussion.application
    return discussion.state == "open" and application.call.state in JUDGING and not is_kept(application)


def judges(user) -> bool:
    """Whoever is an expert of anything: their bar has “Reviews”."""
    return plays(user, "expert")

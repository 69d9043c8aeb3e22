"""Verbs of deciding: decide, follow the ranking, release, decide anew after an appeal; meetings, their agenda and votes;
meetings without a call, their sides, proposals and outcome."""

from .agenda import propose, recuse_member, separate
from .convening import answer_invitation, convene, invite_side, remove_topic, set_topic, withdraw_side
from .deciding import decide, follow_ranking, free_withdrawn
from .meeting import (
    call_meeting,
    cancel_meeting,
    close_meeting,
    mark_attendance,
    open_meeting,
    reissue_protocol,
    reschedule_meeting,
    sign_protocol,
)
from .motions import hand_in, reword, withdraw_motion
from .outcome import (
    conceal_outcome,
    entrust,
    issue_outcome,
    publish_outcome,
    reissue_outcome,
    reopen_follow_up,
    report,
)
from .releasing import obstacles, release, standing_meetings
from .reserving import ahead_of, fund_from_reserve
from .revising import revise_decision
from .voting import break_tie, cast_vote, close_item, postpone_item, put_to_vote, resume_item

__all__ = [
    "ahead_of",
    "answer_invitation",
    "break_tie",
    "call_meeting",
    "cancel_meeting",
    "cast_vote",
    "close_item",
    "close_meeting",
    "conceal_outcome",
    "convene",
    "decide",
    "entrust",
    "follow_ranking",
    "free_withdrawn",
    "fund_from_reserve",
    "hand_in",
    "invite_side",
    "issue_outcome",
    "mark_attendance",
    "obstacles",
    "open_meeting",
    "postpone_item",
    "propose",
    "publish_outcome",
    "put_to_vote",
    "recuse_member",
    "reissue_outcome",
    "reissue_protocol",
    "release",
    "remove_topic",
    "reopen_follow_up",
    "report",
    "reschedule_meeting",
    "resume_item",
    "revise_decision",
    "reword",
    "separate",
    "set_topic",
    "sign_protocol",
    "standing_meetings",
    "withdraw_motion",
    "withdraw_side",
]

"""Verbs of judging: planning who judges, inviting experts, replacing them, answering an invitation, scoring, discussing, parting equals."""

from .answering import accept_sheet, answer_invitations, declare_conflict, decline_sheet
from .assigning import invite_expert, plan_sheets, revoke_sheet
from .discussing import change_score, close_discussion, close_discussions, open_discussion, speak
from .diverging import call_expert
from .limiting import set_limits
from .parting import commit_lot, draw_lot, reveal_lot, vote_tie
from .planning import accept_plan, ask_plan, change_plan, count_plan, drop_plan, waiting_plans
from .recusing import keep_ties, recuse
from .replacing import chase_late, remind_sheets, replace_sheet
from .scoring import reopen_sheet, save_sheet, submit_sheet
from .stability import ask_stability, count_stability, waiting_reports
from .tying import find_conflicts
from .uploading import Upload, upload_sheets

__all__ = [
    "Upload",
    "accept_plan",
    "accept_sheet",
    "answer_invitations",
    "ask_plan",
    "ask_stability",
    "call_expert",
    "change_plan",
    "change_score",
    "chase_late",
    "close_discussion",
    "close_discussions",
    "commit_lot",
    "count_plan",
    "count_stability",
    "declare_conflict",
    "decline_sheet",
    "draw_lot",
    "drop_plan",
    "find_conflicts",
    "invite_expert",
    "keep_ties",
    "open_discussion",
    "plan_sheets",
    "recuse",
    "remind_sheets",
    "reopen_sheet",
    "replace_sheet",
    "reveal_lot",
    "revoke_sheet",
    "save_sheet",
    "set_limits",
    "speak",
    "submit_sheet",
    "upload_sheets",
    "vote_tie",
    "waiting_plans",
    "waiting_reports",
]

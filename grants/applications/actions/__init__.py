"""The verbs of this room: begin, write, send, check, take late, release."""

from .admission import issue_admission, reissue_on_appeal, standing_admission
from .attaching import attach_answer, attach_documents, remove_document
from .carrying import carry_application
from .checking import (
    admit_application,
    admit_on_appeal,
    extend_application,
    refuse_application,
    return_application,
    tick_checks,
)
from .dossiers import issue_dossier, issue_dossiers
from .erasing import erase_application
from .missing import accept_late, ask_late, lapse_application, refuse_late
from .outcomes import begin_review, expire_reserve
from .sending import replace_application, resubmit_application, submit_application, withdraw_application
from .similarity import compare_call, decide_likeness
from .team import change_member, hand_over, invite_again, invite_member, remove_member
from .writing import continue_application, save_costs, save_section, set_applicant, start_application

__all__ = [
    "accept_late",
    "admit_application",
    "admit_on_appeal",
    "ask_late",
    "attach_answer",
    "attach_documents",
    "begin_review",
    "carry_application",
    "change_member",
    "compare_call",
    "continue_application",
    "decide_likeness",
    "erase_application",
    "expire_reserve",
    "extend_application",
    "hand_over",
    "invite_again",
    "invite_member",
    "issue_admission",
    "issue_dossier",
    "issue_dossiers",
    "lapse_application",
    "refuse_application",
    "refuse_late",
    "reissue_on_appeal",
    "remove_document",
    "remove_member",
    "replace_application",
    "resubmit_application",
    "return_application",
    "save_costs",
    "save_section",
    "set_applicant",
    "standing_admission",
    "start_application",
    "submit_application",
    "tick_checks",
    "withdraw_application",
]

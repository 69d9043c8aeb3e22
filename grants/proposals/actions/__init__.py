"""The verbs of this room: name and answer a team, hand over, keep the costs, write the receipt.

Who may write a proposal, and until when, is asked by the room above: it calls these inside its own verb, under its own
lock. Answering an invitation is the invited person's alone and needs no room above.
"""

from .costs import COSTS, MINIMUM, save_costs
from .receipts import erase_receipt, issue_receipt
from .taking_up import take_up_memberships
from .team import (
    accept_invitation,
    carry_team,
    change_member,
    decline_invitation,
    hand_over,
    invite_again,
    invite_member,
    leave_team,
    remove_member,
)

__all__ = [
    "COSTS",
    "MINIMUM",
    "accept_invitation",
    "carry_team",
    "change_member",
    "decline_invitation",
    "erase_receipt",
    "hand_over",
    "invite_again",
    "invite_member",
    "issue_receipt",
    "leave_team",
    "remove_member",
    "save_costs",
    "take_up_memberships",
]

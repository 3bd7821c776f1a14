"""What other apps may use of assignment, transfer and handover."""

from __future__ import annotations

from linzhan.casework.transfers.carrying import open_cases_of
from linzhan.casework.transfers.enums import Consent as TransferConsent
from linzhan.casework.transfers.enums import (
    HandoverReason,
    NoticeMode,
    ProposalState,
    TransferKind,
    TransferStage,
)
from linzhan.casework.transfers.models import Handover, HandoverLine, StatusProposal, Transfer
from linzhan.casework.transfers.proposing import ProposalRefused
from linzhan.casework.transfers.proposing import drop as drop_proposal
from linzhan.casework.transfers.proposing import take_up as take_up_proposal
from linzhan.casework.transfers.rights import ASSIGN, TRANSFER, VIEW_TRANSFERS
from linzhan.casework.transfers.services import (
    HIDDEN,
    ConsentGiven,
    TransferRefused,
    accept,
    ask,
    ask_for,
    assign,
    decline,
    hand_over,
    note_told,
    stations_of_county,
    take_back,
    withdraw,
)

__all__ = [
    "ASSIGN",
    "HIDDEN",
    "TRANSFER",
    "VIEW_TRANSFERS",
    "ConsentGiven",
    "Handover",
    "HandoverLine",
    "HandoverReason",
    "NoticeMode",
    "ProposalRefused",
    "ProposalState",
    "StatusProposal",
    "Transfer",
    "TransferConsent",
    "TransferKind",
    "TransferRefused",
    "TransferStage",
    "accept",
    "ask",
    "ask_for",
    "assign",
    "decline",
    "drop_proposal",
    "hand_over",
    "note_told",
    "open_cases_of",
    "stations_of_county",
    "take_back",
    "take_up_proposal",
    "withdraw",
]

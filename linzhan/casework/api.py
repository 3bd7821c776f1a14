"""What other apps may use of casework."""

from __future__ import annotations

from linzhan.casework.enums import Method, Outcome, RecordStatus, ResidentStatus, Risk
from linzhan.casework.merging.enums import PairState
from linzhan.casework.merging.finding import find_in_county, find_soon
from linzhan.casework.merging.rights import MERGE
from linzhan.casework.merging.services import MergeRefused, choosable, look_again, merge, set_apart
from linzhan.casework.merging.services import undo as undo_merge
from linzhan.casework.mine.rights import VIEW_OWN_SERVICE, VIEW_STATION_TIME
from linzhan.casework.mine.selectors import Service as OwnService
from linzhan.casework.mine.selectors import Week as OwnWeek
from linzhan.casework.mine.selectors import rows_of_person, service_of, weeks_of, weeks_of_stations
from linzhan.casework.models import (
    CategoryBasis,
    Consent,
    DuplicatePair,
    Handover,
    HandoverLine,
    HomeSurvey,
    Household,
    MajorChange,
    Merging,
    RecordResident,
    RecordWorker,
    Resident,
    ResidentDetail,
    ResidentState,
    RiskReview,
    ServiceRecord,
    StatusProposal,
    Transfer,
)
from linzhan.casework.residents.enums import PURPOSE_CODES, Purpose
from linzhan.casework.residents.needing import Found as NeedFound
from linzhan.casework.residents.needing import takes_needs
from linzhan.casework.residents.rules import Expiry, Person, Suggestion, crossed, expiry, stacked, suggest
from linzhan.casework.residents.selectors import (
    changes_of,
    consent_text,
    expiring,
    latest_reviews,
    numbers,
    reviews_due,
    standing_consents,
    suggestions,
)
from linzhan.casework.residents.services import FollowRefused, write_along
from linzhan.casework.residents.sheets import (
    CATEGORY_BASES,
    CONSENTS,
    DETAIL_BY_NAME,
    HOME_SURVEYS,
    HOUSEHOLDS,
    MAJOR_CHANGES,
    RESIDENT_DETAILS,
    RISK_REVIEWS,
)
from linzhan.casework.rights import (
    EDIT_RECORDS,
    EDIT_RESIDENTS,
    EDIT_RISK,
    REVEAL,
    VIEW_RECORDS,
    VIEW_RESIDENTS,
    VIEW_RISK,
)
from linzhan.casework.sheets import ITEM, RECORDS, RESIDENTS, service_items
from linzhan.casework.transfers.carrying import open_cases
from linzhan.casework.transfers.enums import Consent as TransferConsent
from linzhan.casework.transfers.enums import (
    HandoverReason,
    NoticeMode,
    ProposalState,
    TransferKind,
    TransferStage,
)
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
    "CATEGORY_BASES",
    "CONSENTS",
    "DETAIL_BY_NAME",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RISK",
    "HIDDEN",
    "HOME_SURVEYS",
    "HOUSEHOLDS",
    "ITEM",
    "MAJOR_CHANGES",
    "MERGE",
    "PURPOSE_CODES",
    "RECORDS",
    "RESIDENTS",
    "RESIDENT_DETAILS",
    "REVEAL",
    "RISK_REVIEWS",
    "TRANSFER",
    "VIEW_OWN_SERVICE",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RISK",
    "VIEW_STATION_TIME",
    "VIEW_TRANSFERS",
    "CategoryBasis",
    "Consent",
    "ConsentGiven",
    "DuplicatePair",
    "Expiry",
    "FollowRefused",
    "Handover",
    "HandoverLine",
    "HandoverReason",
    "HomeSurvey",
    "Household",
    "MajorChange",
    "MergeRefused",
    "Merging",
    "Method",
    "NeedFound",
    "NoticeMode",
    "Outcome",
    "OwnService",
    "OwnWeek",
    "PairState",
    "Person",
    "ProposalRefused",
    "ProposalState",
    "Purpose",
    "RecordResident",
    "RecordStatus",
    "RecordWorker",
    "Resident",
    "ResidentDetail",
    "ResidentState",
    "ResidentStatus",
    "Risk",
    "RiskReview",
    "ServiceRecord",
    "StatusProposal",
    "Suggestion",
    "Transfer",
    "TransferConsent",
    "TransferKind",
    "TransferRefused",
    "TransferStage",
    "accept",
    "ask",
    "ask_for",
    "assign",
    "changes_of",
    "choosable",
    "consent_text",
    "crossed",
    "decline",
    "drop_proposal",
    "expiring",
    "expiry",
    "find_in_county",
    "find_soon",
    "hand_over",
    "latest_reviews",
    "look_again",
    "merge",
    "note_told",
    "numbers",
    "open_cases",
    "reviews_due",
    "rows_of_person",
    "service_items",
    "service_of",
    "set_apart",
    "stacked",
    "standing_consents",
    "stations_of_county",
    "suggest",
    "suggestions",
    "take_back",
    "take_up_proposal",
    "takes_needs",
    "undo_merge",
    "weeks_of",
    "weeks_of_stations",
    "withdraw",
    "write_along",
]

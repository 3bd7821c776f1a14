"""What faces may use of evaluation: schemes, rounds, seats, results."""

from __future__ import annotations

from linzhan.quality.enums import PASSED, EvaluationKind, SubjectKind
from linzhan.quality.models import (
    EvaluationResult,
    EvaluationRound,
    EvaluationScheme,
    EvaluationScore,
    Evidence,
    RoundEvaluator,
    RoundFile,
    RoundSubject,
    ScoreObjection,
)
from linzhan.quality.rights import (
    DECIDE_OBJECTIONS,
    EDIT_ROUNDS,
    EDIT_SCHEMES,
    EDIT_SCORES,
    RAISE_OBJECTIONS,
    VIEW_ROUNDS,
    VIEW_SCHEMES,
    VIEW_SCORES,
)
from linzhan.quality.rounds.computing import (
    Computed,
    Results,
    RoundFault,
    compute,
    disputed,
    spread_limit,
)
from linzhan.quality.rounds.computing import scheme_of as scheme_of_round
from linzhan.quality.rounds.conflicts import conflicts
from linzhan.quality.rounds.enums import LOCKED, OPEN_OBJECTIONS, SHOWN, Publication, RoundStage
from linzhan.quality.rounds.selectors import evidence_of, files_drawn, given_by, seats_of, subjects_of
from linzhan.quality.rounds.services import drawn_again, reply, state_self
from linzhan.quality.rounds.sheets import OBJECTIONS, ROUNDS, SCORES, SUBJECTS, TEAM
from linzhan.quality.rounds.telling import as_json
from linzhan.quality.schemes import designing
from linzhan.quality.schemes.catalogue import Shipped, scheme_of, shipped
from linzhan.quality.schemes.definition import (
    Dimension,
    Grade,
    Indicator,
    Line,
    Scheme,
    Side,
    WrongValue,
    faults,
    numbered,
    read,
    written,
)
from linzhan.quality.schemes.enums import Rule, SchemeStage, Source
from linzhan.quality.schemes.scoring import LineScore, State, Total
from linzhan.quality.schemes.services import adopt, design, revise
from linzhan.quality.schemes.sheets import SCHEMES

__all__ = [
    "DECIDE_OBJECTIONS",
    "EDIT_ROUNDS",
    "EDIT_SCHEMES",
    "EDIT_SCORES",
    "LOCKED",
    "OBJECTIONS",
    "OPEN_OBJECTIONS",
    "PASSED",
    "RAISE_OBJECTIONS",
    "ROUNDS",
    "SCHEMES",
    "SCORES",
    "SHOWN",
    "SUBJECTS",
    "TEAM",
    "VIEW_ROUNDS",
    "VIEW_SCHEMES",
    "VIEW_SCORES",
    "Computed",
    "Dimension",
    "EvaluationKind",
    "EvaluationResult",
    "EvaluationRound",
    "EvaluationScheme",
    "EvaluationScore",
    "Evidence",
    "Grade",
    "Indicator",
    "Line",
    "LineScore",
    "Publication",
    "Results",
    "RoundEvaluator",
    "RoundFault",
    "RoundFile",
    "RoundStage",
    "RoundSubject",
    "Rule",
    "Scheme",
    "SchemeStage",
    "ScoreObjection",
    "Shipped",
    "Side",
    "Source",
    "State",
    "SubjectKind",
    "Total",
    "WrongValue",
    "adopt",
    "as_json",
    "compute",
    "conflicts",
    "design",
    "designing",
    "disputed",
    "drawn_again",
    "evidence_of",
    "faults",
    "files_drawn",
    "given_by",
    "numbered",
    "read",
    "reply",
    "revise",
    "scheme_of",
    "scheme_of_round",
    "seats_of",
    "shipped",
    "spread_limit",
    "state_self",
    "subjects_of",
    "written",
]

"""What faces may use of evaluation: schemes, rounds, seats, results."""

from __future__ import annotations

from linzhan.quality.contests.enums import FROZEN, SeasonStage
from linzhan.quality.contests.rules import JUDGED, in_order
from linzhan.quality.contests.selectors import Provincial, TownYear, provincial_of, standings_of, year_of
from linzhan.quality.contests.sheets import APPRAISALS, PEERS, SEASONS
from linzhan.quality.diagnoses.enums import DiagnosisStage
from linzhan.quality.diagnoses.sheets import DIAGNOSES
from linzhan.quality.enums import PASSED, EvaluationKind, SubjectKind
from linzhan.quality.models import (
    ContestSeason,
    ContestStanding,
    EvaluationResult,
    EvaluationRound,
    EvaluationScheme,
    EvaluationScore,
    Evidence,
    PersonnelDiagnosis,
    RoundEvaluator,
    RoundFile,
    RoundSubject,
    SatisfactionSurvey,
    ScoreObjection,
    SurveyAnswer,
    SurveyDraw,
    SurveyResult,
)
from linzhan.quality.rights import (
    ANSWER_DIAGNOSES,
    ASK_PEOPLE,
    DECIDE_OBJECTIONS,
    EDIT_ROUNDS,
    EDIT_SCHEMES,
    EDIT_SCORES,
    EDIT_SURVEYS,
    FINALISE_ROUNDS,
    RAISE_OBJECTIONS,
    VIEW_DIAGNOSES,
    VIEW_ROUNDS,
    VIEW_SCHEMES,
    VIEW_SCORES,
    VIEW_SEASONS,
    VIEW_STANDINGS,
    VIEW_SURVEYS,
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
from linzhan.quality.rounds.rules import lines_of_side
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
from linzhan.quality.schemes.wording import evidence_words, rule_words
from linzhan.quality.surveys.enums import (
    AT_THE_DESK,
    About,
    Audience,
    Channel,
    DrawState,
    Standing,
    SurveyStage,
)
from linzhan.quality.surveys.links import (
    Invitation,
    Link,
    answer_by_link,
    invited_by,
    issue_links,
    refuse_by_link,
    to_be_linked,
)
from linzhan.quality.surveys.rules import Question, questions_of
from linzhan.quality.surveys.selectors import channels_of, draws_of, progress_of, results_told
from linzhan.quality.surveys.services import answer, not_answered
from linzhan.quality.surveys.services import draw_key as survey_draw_key
from linzhan.quality.surveys.services import draw_promise as survey_draw_promise
from linzhan.quality.surveys.services import drawn_again as survey_drawn_again
from linzhan.quality.surveys.sheets import SURVEYS

__all__ = [
    "ANSWER_DIAGNOSES",
    "APPRAISALS",
    "ASK_PEOPLE",
    "AT_THE_DESK",
    "DECIDE_OBJECTIONS",
    "DIAGNOSES",
    "EDIT_ROUNDS",
    "EDIT_SCHEMES",
    "EDIT_SCORES",
    "EDIT_SURVEYS",
    "FINALISE_ROUNDS",
    "FROZEN",
    "JUDGED",
    "LOCKED",
    "OBJECTIONS",
    "OPEN_OBJECTIONS",
    "PASSED",
    "PEERS",
    "RAISE_OBJECTIONS",
    "ROUNDS",
    "SCHEMES",
    "SCORES",
    "SEASONS",
    "SHOWN",
    "SUBJECTS",
    "SURVEYS",
    "TEAM",
    "VIEW_DIAGNOSES",
    "VIEW_ROUNDS",
    "VIEW_SCHEMES",
    "VIEW_SCORES",
    "VIEW_SEASONS",
    "VIEW_STANDINGS",
    "VIEW_SURVEYS",
    "About",
    "Audience",
    "Channel",
    "Computed",
    "ContestSeason",
    "ContestStanding",
    "DiagnosisStage",
    "Dimension",
    "DrawState",
    "EvaluationKind",
    "EvaluationResult",
    "EvaluationRound",
    "EvaluationScheme",
    "EvaluationScore",
    "Evidence",
    "Grade",
    "Indicator",
    "Invitation",
    "Line",
    "LineScore",
    "Link",
    "PersonnelDiagnosis",
    "Provincial",
    "Publication",
    "Question",
    "Results",
    "RoundEvaluator",
    "RoundFault",
    "RoundFile",
    "RoundStage",
    "RoundSubject",
    "Rule",
    "SatisfactionSurvey",
    "Scheme",
    "SchemeStage",
    "ScoreObjection",
    "SeasonStage",
    "Shipped",
    "Side",
    "Source",
    "Standing",
    "State",
    "SubjectKind",
    "SurveyAnswer",
    "SurveyDraw",
    "SurveyResult",
    "SurveyStage",
    "Total",
    "TownYear",
    "WrongValue",
    "adopt",
    "answer",
    "answer_by_link",
    "as_json",
    "channels_of",
    "compute",
    "conflicts",
    "design",
    "designing",
    "disputed",
    "drawn_again",
    "draws_of",
    "evidence_of",
    "evidence_words",
    "faults",
    "files_drawn",
    "given_by",
    "in_order",
    "invited_by",
    "issue_links",
    "lines_of_side",
    "not_answered",
    "numbered",
    "progress_of",
    "provincial_of",
    "questions_of",
    "read",
    "refuse_by_link",
    "reply",
    "results_told",
    "revise",
    "rule_words",
    "scheme_of",
    "scheme_of_round",
    "seats_of",
    "shipped",
    "spread_limit",
    "standings_of",
    "state_self",
    "subjects_of",
    "survey_draw_key",
    "survey_draw_promise",
    "survey_drawn_again",
    "to_be_linked",
    "written",
    "year_of",
]

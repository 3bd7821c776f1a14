from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, STAFF, Role
from linzhan.kernel.access import right

SCORERS = (Role.EVALUATOR, Role.PURCHASER, Role.TOWNSHIP_OFFICIAL)
"""The sides that score: third party, purchaser, and who supervises on the spot."""

VIEW_EVALUATIONS = right("quality.evaluations.view", "查看评估结果", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_EVALUATIONS = right("quality.evaluations.edit", "登记评估结果", (*BUREAU, Role.EVALUATOR))
VIEW_SCHEMES = right("quality.schemes.view", "查看评估方案", STAFF)
EDIT_SCHEMES = right("quality.schemes.edit", "编制评估方案", BUREAU)
VIEW_ROUNDS = right("quality.rounds.view", "查看评估轮次和结果", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_ROUNDS = right("quality.rounds.edit", "组织评估轮次", BUREAU)
FINALISE_ROUNDS = right("quality.rounds.finalise", "评估定稿和公布", BUREAU)
VIEW_TEAM = right("quality.team.view", "查看评估人员", (*BUREAU, *SCORERS))
EDIT_TEAM = right("quality.team.edit", "选派评估人员", BUREAU)
VIEW_SCORES = right("quality.scores.view", "查看评分", (*BUREAU, *SCORERS))
EDIT_SCORES = right("quality.scores.edit", "评分", (*BUREAU, *SCORERS))
VIEW_OBJECTIONS = right("quality.objections.view", "查看评估申诉", (*AREA, *FIELD))
RAISE_OBJECTIONS = right("quality.objections.raise", "对评估结果陈述、申诉", FIELD)
DECIDE_OBJECTIONS = right("quality.objections.decide", "处理评估申诉", BUREAU)
VIEW_SEASONS = right("quality.seasons.view", "查看赛季", (*AREA, *FIELD, Role.SUPERVISOR))
VIEW_STANDINGS = right(
    "quality.standings.view", "查看赛季名次和年度总成绩", (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PURCHASER)
)
EDIT_PEER_FACTS = right("quality.peers.edit", "登记乡镇情况", BUREAU)
VIEW_APPRAISALS = right("quality.appraisals.view", "查看对下考核", (*BUREAU, Role.TOWNSHIP_OFFICIAL))
EDIT_APPRAISALS = right("quality.appraisals.edit", "登记对下考核", BUREAU)
VIEW_SURVEYS = right("quality.surveys.view", "查看满意度调查和结果", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_SURVEYS = right("quality.surveys.edit", "组织满意度调查", BUREAU)
ASK_PEOPLE = right("quality.surveys.ask", "访问抽到的人、录入答卷", (*BUREAU, Role.EVALUATOR))
VIEW_DIAGNOSES = right(
    "quality.diagnoses.view", "查看人员诊断", (*BUREAU, Role.PURCHASER, Role.EVALUATOR, Role.PROVIDER_MANAGER)
)
EDIT_DIAGNOSES = right("quality.diagnoses.edit", "人员诊断", BUREAU)
ANSWER_DIAGNOSES = right("quality.diagnoses.answer", "对人员诊断陈述意见", (Role.PROVIDER_MANAGER,))

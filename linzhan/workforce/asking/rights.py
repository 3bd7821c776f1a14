"""Who publishes handbooks and talk rooms; who asks and who answers (SPV-08, SPV-09, SYS-09, SYS-10)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, FIELD, STAFF, Role
from linzhan.kernel.access import right

VIEW_LEARNING = right("workforce.sharing.view", "查看督导手册和连线会客厅", STAFF)
EDIT_LEARNING = right("workforce.sharing.edit", "发布督导手册、举办连线会客厅", BUREAU)
SIGN_UP = right("workforce.sharing.join", "报名连线会客厅", (Role.SUPERVISOR, *FIELD))
VIEW_SIGNUPS = right("workforce.sharing.joined", "查看会客厅报名", (*BUREAU, Role.SUPERVISOR, *FIELD))
VIEW_QUESTIONS = right(
    "workforce.questions.view", "查看社工提问", (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.SUPERVISOR, *FIELD)
)
ASK = right("workforce.questions.ask", "提问、采纳解答", (Role.SUPERVISOR, *FIELD))
ANSWER = right("workforce.questions.answer", "解答社工提问", (*BUREAU, Role.SUPERVISOR, *FIELD))

"""What other apps may use of accounts."""

from __future__ import annotations

from linzhan.accounts.delegating import colleagues, delegable, delegate, delegations_by, take_back
from linzhan.accounts.enums import (
    AREA,
    BUREAU,
    EVERYONE,
    FIELD,
    LINE_OF_ROLE,
    OFFICIALS,
    STAFF,
    STATION,
    Line,
    Role,
)
from linzhan.accounts.lookup import account, appointments_of, has_accounts, has_demo
from linzhan.accounts.models import Appointment, Token, User
from linzhan.accounts.passwords import one_time_password
from linzhan.accounts.rights import (
    EDIT_ACCOUNTS,
    EXPORT,
    IMPORT,
    OVERSEE_PHONES,
    STATE_FIGURES,
    SYNC,
    VIEW_ACCOUNTS,
    VIEW_AUDIT,
    VIEW_FIGURES,
    VIEW_JOBS,
)
from linzhan.accounts.rules import appointable, fits_level, may_appoint
from linzhan.accounts.scoping import REACHES, Reach, actor_of, scope_of
from linzhan.accounts.selectors import (
    Account,
    account_of_row,
    accounts,
    display_names,
    history_of_appointments,
)
from linzhan.accounts.services import (
    AppointmentRefused,
    appoint,
    change_password,
    create_account,
    create_first_administrator,
    end_appointment,
    require_ladder,
    require_manageable,
    reset_password,
    set_active,
    set_own_row,
)
from linzhan.accounts.tokens import LIFETIME as TOKEN_LIFETIME
from linzhan.accounts.tokens import end_token, issue_token, revoke_tokens

__all__ = [
    "AREA",
    "BUREAU",
    "EDIT_ACCOUNTS",
    "EVERYONE",
    "EXPORT",
    "FIELD",
    "IMPORT",
    "LINE_OF_ROLE",
    "OFFICIALS",
    "OVERSEE_PHONES",
    "REACHES",
    "STAFF",
    "STATE_FIGURES",
    "STATION",
    "SYNC",
    "TOKEN_LIFETIME",
    "VIEW_ACCOUNTS",
    "VIEW_AUDIT",
    "VIEW_FIGURES",
    "VIEW_JOBS",
    "Account",
    "Appointment",
    "AppointmentRefused",
    "Line",
    "Reach",
    "Role",
    "Token",
    "User",
    "account",
    "account_of_row",
    "accounts",
    "actor_of",
    "appoint",
    "appointable",
    "appointments_of",
    "change_password",
    "colleagues",
    "create_account",
    "create_first_administrator",
    "delegable",
    "delegate",
    "delegations_by",
    "display_names",
    "end_appointment",
    "end_token",
    "fits_level",
    "has_accounts",
    "has_demo",
    "history_of_appointments",
    "issue_token",
    "may_appoint",
    "one_time_password",
    "require_ladder",
    "require_manageable",
    "reset_password",
    "revoke_tokens",
    "scope_of",
    "set_active",
    "set_own_row",
    "take_back",
]

"""What a referral and a resource link are held to: pure, on plain values (PIPL 23; Charity Law 26–27)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linzhan.casework.groups.rules import blank

NO_CONSENT = (
    "转介要把资料交给别人，须先取得本人或监护人同意并填写同意日期；"
    "情况紧急来不及征得同意的，请选“未经同意先转”并写明理由"
)
NO_RECORD = "还没有关联这次转介的服务记录，请先补上“记录编号”，合同指标才会计入"
NO_CHARITY = "公开募捐只能由有公募资格的慈善组织开展，请填写是哪个慈善组织"


def may_be_sent(row: Mapping[str, Any]) -> str:
    """Why the resident's data may not go to the receiver yet, or ``""``."""
    overridden = row.get("consent_overridden") in (True, "是") and not blank(row.get("override_reason"))
    if blank(row.get("consented_on")) and not overridden:
        return NO_CONSENT
    return NO_RECORD if blank(row.get("record")) else ""


def comes_after(later: str, earlier: str, words: str) -> Any:
    """A guard: the day in ``later`` is not before that in ``earlier``; days as dates or ISO texts."""

    def look(row: Mapping[str, Any]) -> str:
        first, second = str(row.get(earlier) or ""), str(row.get(later) or "")
        return words if first and second and second < first else ""

    return look


def lacks_charity(values: Mapping[str, Any]) -> bool:
    """A public appeal without the charity that alone may make it."""
    charity = values.get("charity")
    return values.get("public_fundraising") is True and (not isinstance(charity, str) or blank(charity))

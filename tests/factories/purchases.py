"""Purchases with everything that their steps want, made through their registers."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.declare import REGISTERS
from tests.factories.rows import made

_numbers = count(1)
COUNTY = "431202000000"

NEED = {
    "form": "购买项目",
    "buyer": "县级民政部门",
    "surveyed_on": "2023-01-10",
    "survey_population": "独居老人 320 人、困境儿童 45 人",
    "survey_findings": "独居老人缺陪伴和就医协助，困境儿童缺课后照看",
    "posts_wanted": 5,
    "service_standards": "每名重点对象每月至少探访一次",
    "appraisal_indicators": "探访户次、个案数、满意度",
    "plan_summary": "三年运营坨院街道社工站",
    "fund_source": "财政预算",
    "budget_total": 900000,
    "budget_salaries": 650000,
    "budget_supervision": 30000,
    "budget_services": 120000,
    "budget_management": 100000,
}
METHOD = {
    "directory_checked": True,
    "manual_checked": True,
    "expert_amount": 890000,
    "service_content": "探访、个案、小组、社区活动",
    "service_people": 365,
    "service_hours": 9000,
    "target_satisfaction": 90,
}
WHOLE = {**NEED, **METHOD}
"""A purchase of which everything is written down; a test takes away what it asks about."""
GIVEN: dict[str, dict[str, Any]] = {
    "survey": {},
    "submit": {},
    "approve": {
        "approver": "县长办公会",
        "approved_on": "2023-02-01",
        "minutes_number": "县政府会议纪要〔2023〕3号",
        "minuted_on": "2023-02-01",
        "reported_matters": ("实施方案及资金预算", "人员招聘", "采购方式"),
    },
    "propose_method": {
        "method": "公开招标",
        "agency": "湘诚招标代理公司",
        "trading_centre": "市公共资源交易中心",
    },
    "approve_method": {"method_approver": "县财政局", "method_approved_on": "2023-02-20"},
    "award": {"awarded_on": "2023-03-20"},
    "draft": {
        "contract_code": "HT-2023-1",
        "contract_amount": 880000,
        "starts_on": "2023-04-01",
        "ends_on": "2026-03-31",
        "budget_assured": True,
        "assured_by": "中期财政规划",
        "staff": 5,
        "professional_posts": 4,
        "payment_terms": "签约后四成，中期评估后四成，末期评估后两成",
        "data_terms": "只用于本项目服务，期满返还或删除",
    },
    "sign": {"signed_on": "2023-03-28"},
    "staff": {},
    "plan": {"work_plan": "按季度安排，里程碑另表"},
    "start": {"started_on": "2023-04-01"},
    "evaluate_mid": {"mid_on": "2024-10-15", "mid_by": "第三方机构", "mid_result": "良好"},
    "go_on": {},
    "evaluate_final": {
        "final_on": "2026-02-20",
        "final_by": "第三方机构",
        "final_result": "良好",
        "finance_findings": "专账核算，支出合规",
    },
    "settle": {"settled_on": "2026-04-20", "settled_amount": 880000},
    "close": {"note": "同意结算"},
    "propose_renewal": {"renewal": "续签", "note": "评估良好"},
    "decide_renewal": {"note": "同意"},
}
"""What goes with each step of the usual way."""


def purchase_row(**values: Any) -> dict[str, Any]:
    row = {
        "name": "坨院街道社工站三年服务",
        "kind": "社工站运营",
        "purchaser": "鹤城区民政局",
        "region": COUNTY,
    }
    return {**row, **WHOLE, **values}


def purchase(*, stage: str = "", **values: Any) -> UUID:
    identity = made("purchase-files", **purchase_row(**values))
    if stage:
        outcome = amend(REGISTERS["purchase-files"], identity, {"stage": stage})
        assert not outcome.faults, outcome.faults
    return identity


def bid(of: UUID, **values: Any) -> UUID:
    row = {"purchase": of, "qualified": True, "interest": "无", "price": 880000, "score": 92, "rank": 1}
    return made("bids", **{**row, **values})


def project(provider: str, **values: Any) -> UUID:
    row = {
        "code": f"P{next(_numbers):05d}",
        "name": "2021年社工站项目",
        "kind": "社工站运营",
        "purchaser": "鹤城区民政局",
        "region": COUNTY,
        "provider": provider,
        "method": "公开招标",
        "contract_amount": 500000,
        "starts_on": "2021-01-01",
        "ends_on": "2021-12-31",
        "status": "执行",
    }
    return made("projects", **{**row, **values})


def milestone(of: UUID, **values: Any) -> UUID:
    return made("milestones", **{"project": of, "name": "完成建档", "due_on": "2021-03-31", **values})

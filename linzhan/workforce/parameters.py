"""Names of the policy numbers that the workforce needs."""

from __future__ import annotations

from decimal import Decimal

from linzhan.policy.api import (
    AllowanceRule,
    BarRule,
    EducationRule,
    OneProjectRule,
    Parameter,
    PayScale,
    PostGrades,
    SupervisionRule,
    parameter_named,
)

FILING_DAYS: Parameter[int] = parameter_named("workforce.filing_days")
UNFILED_DAYS: Parameter[int] = parameter_named("workforce.unfiled_days")
CONTINUING_EDUCATION: Parameter[EducationRule] = parameter_named("workforce.continuing_education")
LEAVE_NOTICE_MONTHS: Parameter[int] = parameter_named("workforce.leave_notice_months")
FULL_TIME_STAFF: Parameter[int] = parameter_named("network.full_time_staff")
CERTIFIED_STAFF: Parameter[int] = parameter_named("network.certified_staff")
PROFESSIONAL_STAFF: Parameter[int] = parameter_named("network.professional_staff")
PLEDGE_BEFORE_ENTRY: Parameter[bool] = parameter_named("workforce.pledge_before_entry")
LEAVE_SPAN_MONTHS: Parameter[int] = parameter_named("workforce.leave_span_months")
LEAVE_AFTER_REPLACEMENT: Parameter[bool] = parameter_named("workforce.leave_after_replacement")
PERSON_BAR: Parameter[BarRule] = parameter_named("workforce.person_bar")
OBJECTION_DAYS: Parameter[int] = parameter_named("workforce.objection_days")
ONE_PROJECT: Parameter[OneProjectRule] = parameter_named("workforce.one_project")
SHARE_LIMIT: Parameter[Decimal] = parameter_named("workforce.share_limit")
VETTING_DAYS: Parameter[int] = parameter_named("workforce.vetting_days")
REGISTRATION_NOTICE_DAYS: Parameter[int] = parameter_named("workforce.registration_notice_days")
FIRST_REGISTRATION_MONTHS: Parameter[int] = parameter_named("workforce.first_registration_months")
DEGREE_HOURS: Parameter[int] = parameter_named("workforce.degree_hours")
ALLOWANCES: Parameter[AllowanceRule] = parameter_named("workforce.allowances")
PAY_SCALE: Parameter[PayScale] = parameter_named("workforce.pay_scale")
POST_GRADES: Parameter[tuple[PostGrades, ...]] = parameter_named("workforce.post_grades")
BEDS_PER_WORKER: Parameter[int] = parameter_named("workforce.beds_per_worker")
OUTSIDE_TRAINEES: Parameter[int] = parameter_named("providers.outside_operator_trainees")
SUPERVISION_DUTY: Parameter[SupervisionRule] = parameter_named("workforce.supervision_duty")
INDIVIDUAL_SESSIONS: Parameter[int] = parameter_named("workforce.individual_sessions")
GROUP_SESSIONS: Parameter[int] = parameter_named("workforce.group_sessions")
SUPERVISION_DAY_HOURS: Parameter[int] = parameter_named("workforce.supervision_day_hours")
RATERS_AT_LEAST: Parameter[int] = parameter_named("workforce.raters_at_least")

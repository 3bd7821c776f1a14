"""Names of the policy numbers that the workforce needs."""

from __future__ import annotations

from linzhan.policy.api import EducationRule, Parameter, parameter_named

FILING_DAYS: Parameter[int] = parameter_named("workforce.filing_days")
CONTINUING_EDUCATION: Parameter[EducationRule] = parameter_named("workforce.continuing_education")
LEAVE_NOTICE_MONTHS: Parameter[int] = parameter_named("workforce.leave_notice_months")
FULL_TIME_STAFF: Parameter[int] = parameter_named("network.full_time_staff")
CERTIFIED_STAFF: Parameter[int] = parameter_named("network.certified_staff")
PROFESSIONAL_STAFF: Parameter[int] = parameter_named("network.professional_staff")

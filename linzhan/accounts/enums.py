"""Roles: what a person is appointed as. The three lines of authority run in parallel (NFR-06)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    PROVINCE_OFFICIAL = "province_official", _("省级主管部门")
    CITY_OFFICIAL = "city_official", _("市级主管部门")
    COUNTY_OFFICIAL = "county_official", _("县级主管部门")
    PURCHASER = "purchaser", _("购买主体")
    FINANCE = "finance", _("财务")
    TOWNSHIP_OFFICIAL = "township_official", _("乡镇(街道)")
    CHILD_PROTECTION = "child_protection", _("未成年人保护专员")
    PROVIDER_MANAGER = "provider_manager", _("机构负责人")
    STATION_LEAD = "station_lead", _("站长")
    STATION_WORKER = "station_worker", _("驻站社工")
    SUPERVISOR = "supervisor", _("督导")
    EVALUATOR = "evaluator", _("第三方评估")
    VOLUNTEER = "volunteer", _("志愿者")
    RESIDENT = "resident", _("居民")


class Line(models.TextChoices):
    """The line of authority along which a role sees rows."""

    EVERYTHING = "everything", _("全部")
    AREA = "area", _("辖区")
    PROVIDER = "provider", _("机构")
    STATION = "station", _("站点")
    PERSON = "person", _("本人")
    ROUND = "round", _("评估轮次")


LINE_OF_ROLE: dict[str, Line] = {
    Role.SYSTEM_ADMIN: Line.EVERYTHING,
    Role.PROVINCE_OFFICIAL: Line.AREA,
    Role.CITY_OFFICIAL: Line.AREA,
    Role.COUNTY_OFFICIAL: Line.AREA,
    Role.PURCHASER: Line.AREA,
    Role.FINANCE: Line.AREA,
    Role.TOWNSHIP_OFFICIAL: Line.AREA,
    Role.CHILD_PROTECTION: Line.AREA,
    Role.PROVIDER_MANAGER: Line.PROVIDER,
    Role.STATION_LEAD: Line.STATION,
    Role.STATION_WORKER: Line.STATION,
    Role.SUPERVISOR: Line.STATION,
    Role.EVALUATOR: Line.ROUND,
    Role.VOLUNTEER: Line.PERSON,
    Role.RESIDENT: Line.PERSON,
}

OFFICIALS = (Role.PROVINCE_OFFICIAL, Role.CITY_OFFICIAL, Role.COUNTY_OFFICIAL)
"""Civil affairs at the three tiers above the township."""
BUREAU = (Role.SYSTEM_ADMIN, *OFFICIALS)
"""Those who keep registers of an area."""
AREA = (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PURCHASER, Role.FINANCE, Role.EVALUATOR)
"""All who see an area."""
STATION = (Role.STATION_LEAD, Role.STATION_WORKER)
FIELD = (*STATION, Role.PROVIDER_MANAGER)
"""Institution and its stations: those who deliver the service."""
EVERYONE = tuple(Role)
STAFF = tuple(role for role in Role if role not in (Role.VOLUNTEER, Role.RESIDENT))
"""All but volunteers and residents."""

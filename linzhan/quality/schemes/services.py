"""Making schemes: adopt one as a draft of one's own, design it, revise a published one (EVL-01, CFG-13)."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.amending import told
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.steps import StepRefused
from linzhan.quality.models import EvaluationScheme
from linzhan.quality.schemes import catalogue
from linzhan.quality.schemes.definition import Scheme, WrongValue, read, written
from linzhan.quality.schemes.enums import SchemeStage

SCHEMES: Final = "evaluation-schemes"


def adopt(key: str, *, region: str, name: str = "") -> UUID:
    """A draft of the place, copied from a shipped scheme or one that is read here."""
    scheme = catalogue.shipped()[key].scheme if key in catalogue.shipped() else catalogue.scheme_of(key)
    if scheme is None:
        raise StepRefused(_("没有找到评估方案“%s”") % key)
    note = _("取自 %s") % key
    return _enter(scheme, {"region": region, "name": name or scheme.name, "note": note})


def revise(row: EvaluationScheme) -> UUID:
    """The next version of a published scheme as a draft; what was published stays as it is."""
    if row.stage == SchemeStage.DRAFT:
        raise StepRefused(_("这一版还是草稿，可以直接修改"))
    family = row.family or row.code
    versions = EvaluationScheme.objects.filter(family=family, region_code=row.region_code)
    if versions.filter(stage=SchemeStage.DRAFT).exists():
        raise StepRefused(_("已经有一版修订的草稿，请接着修改那一版"))
    last = max(versions.aggregate(last=Max("version"))["last"] or 0, row.version)
    values = {"region": row.region_code, "name": row.name, "note": row.note, "code": f"{family}-V{last + 1}"}
    return _enter(read(row.definition), values, family=family, version=last + 1)


def design(scheme_id: UUID, definition: dict[str, Any]) -> Scheme:
    """Write what a draft scores. Raises :class:`StepRefused` (Chinese) where it is published or cannot be read.

    Open numbers are allowed: they are asked for when the scheme is published.
    """
    try:
        scheme = read(definition)
    except WrongValue as wrong:
        raise StepRefused(str(wrong)) from None
    with transaction.atomic():
        row = EvaluationScheme.objects.select_for_update().get(pk=scheme_id)
        if row.stage != SchemeStage.DRAFT:
            raise StepRefused(_("已发布的方案不能再改，请“修订”出新的一版"))
        if scheme.subject != row.subject:
            raise StepRefused(_("方案的对象类型是“%s”，不能改成别的") % row.subject)
        row.definition = written(scheme)
        row.save(update_fields=["definition"])
    return scheme


def _enter(scheme: Scheme, values: dict[str, Any], *, family: str = "", version: int = 1) -> UUID:
    identity = uuid7()
    row = {PLATFORM_ID.name: identity, "subject": scheme.subject, **values}
    with transaction.atomic():
        outcome = save([Incoming.of(REGISTERS[SCHEMES], [row])])[0]
        if outcome.faults:
            raise StepRefused(told(outcome))
        made = EvaluationScheme.objects.get(pk=identity)
        made.definition, made.version, made.family = written(scheme), version, family or made.code
        made.save(update_fields=["definition", "version", "family"])
    return identity

"""What is asked of rows of supervision before they are written: whose session, whose words, whose ground."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from linzhan.kernel.registers.declare import Where
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.scope import current_scope
from linzhan.workforce.models.supervision import SupervisedWorker
from linzhan.workforce.supervision.enums import AgreementKind, PoolLevel, RatingSide


def own_pool(code: str) -> Where | None:
    """An institution keeps its own pool at a division (SPV-13); nobody else without an area does."""
    providers = current_scope().providers
    if len(providers) != 1:
        return None
    return Where(UUID(providers[0]), code, UUID(providers[0]), None)


def pool_faults(arriving: Sequence[Arriving]) -> None:
    """An institution keeps its own people, not those of a province, city or county; and theirs name it."""
    scope = current_scope()
    for each in arriving:
        level, provider = each.values.get("level"), each.values.get("provider_id")
        if level == PoolLevel.PROVIDER and provider is None:
            each.refuse("provider", "机构的督导人才须填写承接机构代码")
        elif scope.providers and not scope.covers_region(each.where.region_code):
            if level != PoolLevel.PROVIDER:
                each.refuse("level", "机构只登记本机构的督导人才，库别请选“机构”")
            elif str(provider) not in scope.providers:
                each.refuse("provider", "未找到这家机构，或它不在您的管辖范围内")


def term_faults(arriving: Sequence[Arriving]) -> None:
    """A supervisor or an institution is named, as the kind of agreement says."""
    for each in arriving:
        kind = each.values.get("kind")
        if kind == AgreementKind.PERSON and not each.values.get("supervisor_id"):
            each.refuse("supervisor", "聘请督导的协议须填写督导人才编号")
        if kind == AgreementKind.INSTITUTION and not each.values.get("institution"):
            each.refuse("institution", "委托机构的协议须填写督导机构")


def between_two(arriving: Sequence[Arriving]) -> None:
    """Words about a session are about somebody who was supervised in it."""
    pairs = {(each.values.get("session_id"), each.values.get("worker_id")) for each in arriving}
    held = SupervisedWorker.objects.filter(
        session__in={session for session, _worker in pairs}, worker__in={worker for _session, worker in pairs}
    )
    named = set(held.values_list("session_id", "worker_id"))
    for each in arriving:
        if (each.values.get("session_id"), each.values.get("worker_id")) not in named:
            each.refuse("worker", "这次督导没有列名这名社工，请核对督导编号和被督导社工")


def rating_faults(arriving: Sequence[Arriving]) -> None:
    """A worker speaks for themselves; a supervisor of the worker."""
    between_two(arriving)
    own = current_scope().people
    for each in arriving:
        mine = str(each.values.get("worker_id")) in own
        side = each.values.get("side")
        if own and side == RatingSide.OF_SUPERVISOR and not mine:
            each.refuse("side", "“社工评督导”只能由被督导的社工本人填写")
        if side == RatingSide.OF_WORKER and mine:
            each.refuse("side", "“督导评社工”不能由社工本人填写")

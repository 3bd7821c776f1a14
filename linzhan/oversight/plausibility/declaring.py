"""What a plausibility check is: a rule about records whose finding is a question to the worker (``domain.md`` §14).

A check is asked like a rule of early warning: one statement over the services of a place (:mod:`.gathering`
lays them out once for all checks of a run). It says what the usual innocent causes are, and one that the
platform cannot make says why in the same catalogue.

A check reads what was laid out once, and tables of its own at most once; what it sorts or sums the database holds
within its ``work_mem`` and lays on disk beyond that. The process holds the findings, with the ids of the records
behind them, and no record. What grows with the records is said in each file of checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from linzhan.kernel.registry import Registry
from linzhan.oversight.enums import About, Severity, Tier
from linzhan.oversight.warning.declaring import Asked, Finding, Rule, Told, findings_of
from linzhan.policy.api import Parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ACTION: Final = "先听社工说明，再核实"


@dataclass(frozen=True, kw_only=True, slots=True)
class Check(Rule):
    """A check. ``innocent`` are the usual harmless causes, ``partly`` what of it is not looked at and why;
    ``unable`` says why the platform does not make it at all."""

    innocent: StrOrPromise
    partly: StrOrPromise = ""
    unable: StrOrPromise = ""


CHECKS: Registry[Check] = Registry("plausibility checks", key="code")


def asking() -> list[Check]:
    """The checks that are made."""
    return [each for each in CHECKS if not each.unable]


def sql_check(
    code: str,
    *,
    name: StrOrPromise,
    formula: StrOrPromise,
    innocent: StrOrPromise,
    asks: Mapping[str, Parameter[Any]],
    sql: str,
    told: Told,
    partly: StrOrPromise = "",
    needs: tuple[str, ...] = ("service-records",),
) -> Check:
    """Register a check whose question is a statement over ``plausible_service`` (see :mod:`.gathering`).

    The statement is as in ``sql_rule``; its ``since`` is the day of what happened, without which no flag
    could be told from one that lies before the time looked at.
    """

    def ask(asked: Asked) -> Iterable[Finding]:
        return findings_of(asked, sql, told)

    return CHECKS.add(
        Check(
            code=code,
            name=name,
            about=About.WORKER,
            severity=Severity.BLUE,
            formula=formula,
            action=ACTION,
            tier=Tier.STATION,
            asks=asks,
            needs=needs,
            names=("service-records",),
            ask=ask,
            innocent=innocent,
            partly=partly,
        )
    )


def unable(code: str, *, name: StrOrPromise, formula: StrOrPromise, why: StrOrPromise) -> Check:
    """Name a check of the catalogue that the platform does not make, with the reason."""
    return CHECKS.add(
        Check(
            code=code,
            name=name,
            about=About.WORKER,
            severity=Severity.BLUE,
            formula=formula,
            action="",
            tier=Tier.STATION,
            asks={},
            needs=(),
            ask=lambda _asked: (),
            innocent="",
            unable=why,
        )
    )

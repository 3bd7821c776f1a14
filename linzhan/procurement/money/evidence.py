"""What was delivered and what the evaluation said, asked of those who know it (PUR-16, FND-21).

Services are casework's, evaluations are quality's, suspended payments are oversight's, and all stand above: each registers
at start-up how to ask it. A source answers for one project within the reader's scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from linzhan.kernel.registry import Registry


@dataclass(frozen=True, kw_only=True, slots=True)
class Evaluated:
    """A result: ``kind`` as 评估 has it (中期, 末期 …), ``passed`` by the contract's grades."""

    kind: str
    grade: str
    on: date
    passed: bool
    code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """Why payments on a project are held back, in words and with the act that says so."""

    words: str
    clause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What is known of one project until a day."""

    evaluated: tuple[Evaluated, ...] = ()
    services: int | None = None
    """Accepted records booked on the project; None where nobody keeps them."""
    held: tuple[Held, ...] = ()

    def latest(self, kinds: Iterable[str]) -> Evaluated | None:
        """The last result of one of ``kinds``."""
        wanted = set(kinds)
        return max((each for each in self.evaluated if each.kind in wanted), key=lambda e: e.on, default=None)


@dataclass(frozen=True, slots=True)
class Witness:
    key: str
    results: Callable[[UUID, date], Iterable[Evaluated]] | None = None
    services: Callable[[UUID, date], int] | None = None
    holds: Callable[[UUID, date], Iterable[Held]] | None = None


WITNESSES: Registry[Witness] = Registry("what is known of a project", key="key")


def evidence_of(project_id: UUID, on: date) -> Evidence:
    results: list[Evaluated] = []
    held: list[Held] = []
    services: int | None = None
    for witness in WITNESSES:
        if witness.results is not None:
            results += witness.results(project_id, on)
        if witness.services is not None:
            services = (services or 0) + witness.services(project_id, on)
        if witness.holds is not None:
            held += witness.holds(project_id, on)
    return Evidence(evaluated=tuple(results), services=services, held=tuple(held))

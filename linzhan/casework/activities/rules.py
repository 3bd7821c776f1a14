"""What activities are held to: pure, on plain values (``domain.md`` §7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

PLAN = {"need_basis": "需求依据", "aim": "活动目标", "safety_plan": "安全预案"}
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sample:
    """Feedback forms beside what is asked for: a share of those present, or a number, whichever is reached."""

    forms: int
    wanted: int

    @property
    def enough(self) -> bool:
        return self.forms >= self.wanted


def sample(present: int, forms: int, *, share: Decimal, least: int) -> Sample:
    """``share`` (%) of ``present``, rounded up, or ``least`` forms: the smaller of the two is enough."""
    of_share = int((present * share / HUNDRED).to_integral_value(ROUND_CEILING))
    return Sample(forms, min(of_share, least))


def outnumbered(present: int | None, parts: dict[str, int | None]) -> list[str]:
    """Names of those parts of the people present that are more than all of them."""
    if present is None:
        return []
    return [name for name, number in parts.items() if number is not None and number > present]

"""The arithmetic of funds: ratio rules in their own words, subsidies by formula. Plain values only (FND-02…11, FND-19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from linzhan.kernel import money

LAST_YEAR = "上年"


class Said(StrEnum):
    """What a rule says of an amount; the same words as the outcomes of a check."""

    PASS = "pass"  # noqa: S105 -- no password
    WARN = "warn"
    UNKNOWN = "unknown"
    STOP = "stop"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """A ratio rule as its document has it. ``percent`` None: left to localities, or its digits are lost."""

    base: str
    meaning: str
    percent: Decimal | None = None
    fund: str | None = None
    base_year: str = "当年"
    wording: str | None = None

    def year_of_base(self, year: int) -> int:
        return year - 1 if self.base_year == LAST_YEAR else year

    def counts(self, sources: Iterable[str]) -> str | None:
        """The source whose money is counted, or None where the text does not tell it from the others."""
        known = set(sources)
        return next((name for name in (self.fund, self.base) if name and name in known), None)

    @property
    def in_words(self) -> str:
        """``上年社会救助资金总支出的 5%，一般不高于``: as it is written, never as another place has it."""
        base = f"{'上年' if self.base_year == LAST_YEAR else ''}{self.base}"
        share = f"{base}的 {_number(self.percent)}%" if self.percent is not None else f"{base}，比例未定"
        return f"{share}，{self.wording}" if self.wording else share


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What is known: the base (None: not stated, which is not nought), what is in use, what is to be added.

    ``sure`` is False where ``used`` is all purchase money because the text does not say which is counted.
    """

    base: Decimal | None
    used: Decimal
    adding: Decimal = Decimal(0)
    sure: bool = True
    year: int = 0
    amber: Decimal = Decimal(90)

    @property
    def after(self) -> Decimal:
        return self.used + self.adding


@dataclass(frozen=True, slots=True)
class Verdict:
    said: Said
    words: str
    limit: Decimal | None = None


def judge(rule: Ratio, now: Standing) -> Verdict:
    """What ``rule`` says where things stand so. Amounts are compared, not quotients: a base of nought is one."""
    if rule.percent is None:
        return Verdict(Said.UNKNOWN, f"{rule.in_words}；请先在规则库登记本地比例")
    if now.base is None:
        year = rule.year_of_base(now.year)
        return Verdict(
            Said.UNKNOWN, f"没有登记 {year} 年“{rule.base}”的数额，无从判断；请在“资金基数”登记后再看"
        )
    limit = money.half_up(now.base * rule.percent / 100)
    words = _words(rule, now, limit)
    return {"cap": _cap, "share": _share, "earmark": _earmark}.get(rule.meaning, _neither)(now, limit, words)


def _words(rule: Ratio, now: Standing, limit: Decimal) -> str:
    year = rule.year_of_base(now.year)
    used = "已占用" if now.sure else "全部购买资金已占用"
    added = f"，加本笔 {money.ledger(now.adding)} 共 {money.ledger(now.after)}" if now.adding else ""
    share = money.share(now.after, now.base)
    part = "" if share is None else f"，占 {money.percent(share)}"
    return (
        f"{year} 年{rule.base} {money.ledger(now.base)}的 {_number(rule.percent)}% 为 {money.ledger(limit)}；"
        f"{used} {money.ledger(now.used)}{added}{part}"
    )


def _cap(now: Standing, limit: Decimal, words: str) -> Verdict:
    if now.after > limit:
        over = f"{words}，超出 {money.ledger(now.after - limit)}"
        if now.sure:
            return Verdict(Said.STOP, over, limit)
        return Verdict(Said.UNKNOWN, f"{over}；文件没有写明哪些资金计入，请核实", limit)
    if now.after * 100 >= limit * now.amber and now.after:
        return Verdict(Said.WARN, f"{words}，已接近上限，还可用 {money.ledger(limit - now.after)}", limit)
    return Verdict(Said.PASS, f"{words}，还可用 {money.ledger(limit - now.after)}", limit)


def _share(now: Standing, limit: Decimal, words: str) -> Verdict:
    if now.after < limit:
        return Verdict(Said.WARN, f"{words}，应当达到，还差 {money.ledger(limit - now.after)}", limit)
    if not now.sure:
        return Verdict(Said.UNKNOWN, f"{words}；文件没有写明哪些资金计入，请核实", limit)
    return Verdict(Said.PASS, f"{words}，已经达到", limit)


def _earmark(now: Standing, limit: Decimal, words: str) -> Verdict:
    if now.after > limit and now.sure:
        return Verdict(Said.WARN, f"{words}，超出专列额度 {money.ledger(now.after - limit)}", limit)
    if now.after > limit:
        return Verdict(Said.UNKNOWN, f"{words}；文件没有写明哪些资金计入，请核实", limit)
    return Verdict(Said.PASS, f"{words}，专列额度还有 {money.ledger(limit - now.after)}", limit)


def _neither(now: Standing, limit: Decimal, words: str) -> Verdict:
    """A permission: neither reaching it nor staying below is a finding."""
    del now
    return Verdict(Said.PASS, f"{words}；可以使用，不作要求", limit)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def in_use(by_project: Iterable[tuple[Decimal, Decimal, Decimal]]) -> Decimal:
    """Room taken, project by project: the greatest of committed, paid and spent, each net.

    Where a county registered no commitment, what it paid or spent has taken the room all the same; where
    all three are known, one yuan on its way is not counted three times.
    """
    return sum((max(*each, Decimal(0)) for each in by_project), Decimal(0))


@dataclass(frozen=True, kw_only=True, slots=True)
class Formula:
    """How a subsidy is reckoned: a share of actual input up to a cap, or a fixed amount; or no formula at all."""

    percent: Decimal | None = None
    cap: Decimal | None = None
    amount: Decimal | None = None


def subsidy(formula: Formula, actual_input: Decimal | None) -> Decimal | None:
    """Yuan; None where there is no formula, or what it is reckoned from is not known (FND-19, FND-20)."""
    if formula.amount is not None:
        return formula.amount
    if formula.percent is None or actual_input is None:
        return None
    part = money.half_up(actual_input * formula.percent / 100)
    return part if formula.cap is None else min(part, formula.cap)


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A line of the bank or a movement, as matching looks at them. ``out`` is True for money going out."""

    id: str
    on: date
    amount: Decimal
    out: bool
    voucher: str = ""


def goes_out(kind: str, *, of_operator: bool) -> bool:
    """Whether a movement leaves the account: a payment leaves the payer's and reaches the operator's."""
    return not (kind == "拨付" and of_operator)


@dataclass(frozen=True, slots=True)
class Match:
    line: str
    movement: str
    days: int
    by_voucher: bool
    only: bool


def matches(lines: Sequence[Paper], movements: Sequence[Paper], window: int) -> list[Match]:
    """What may belong together: the same amount and direction, within ``window`` days or by voucher.

    The nearest first, vouchers before days. ``only``: neither side has another candidate. A suggestion;
    a person decides.
    """
    found = [
        Match(line.id, other.id, abs((line.on - other.on).days), _same_voucher(line, other), only=False)
        for line in lines
        for other in movements
        if line.amount == other.amount
        and line.out == other.out
        and (_same_voucher(line, other) or abs(line.on - other.on) <= timedelta(window))
    ]
    per_line, per_movement = _counted(m.line for m in found), _counted(m.movement for m in found)
    ordered = sorted(found, key=lambda m: (not m.by_voucher, m.days, m.line, m.movement))
    return [
        Match(m.line, m.movement, m.days, m.by_voucher, per_line[m.line] == 1 == per_movement[m.movement])
        for m in ordered
    ]


def _same_voucher(one: Paper, other: Paper) -> bool:
    return bool(one.voucher) and one.voucher == other.voucher


def _counted(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        found[name] = found.get(name, 0) + 1
    return found


@dataclass(frozen=True, slots=True)
class Composition:
    """A cost head's part of a project's spending against its usual share (``domain.md`` §5.4): warns, never blocks."""

    head: str
    amount: Decimal
    share: Decimal | None
    usual: str
    unusual: bool


def composition(
    spent: dict[str, Decimal], usual: Iterable[tuple[str, Decimal | None, Decimal | None]]
) -> list[Composition]:
    """Each head that has a usual share or was spent on; shares of the whole that has a head."""
    whole = sum((amount for head, amount in spent.items() if head), Decimal(0))
    bounds = {head: (low, high) for head, low, high in usual}
    heads = [*bounds, *(head for head in spent if head and head not in bounds)]
    found: list[Composition] = []
    for head in heads:
        low, high = bounds.get(head, (None, None))
        amount = spent.get(head, Decimal(0))
        share = money.share(amount, whole)
        off = share is not None and ((low is not None and share < low) or (high is not None and share > high))
        found.append(Composition(head, amount, share, _usual(low, high), off))
    return found


def _usual(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return f"{_number(low)}%—{_number(high)}%"
    if low is not None:
        return f"不低于 {_number(low)}%"
    return f"不高于 {_number(high)}%" if high is not None else ""

"""From answers to a score, a band and what follows: pure arithmetic, the same for every scale.

A result is a screening, never a diagnosis. Raw answers are what is kept; everything here can be computed
again from them and the version of the definition they were given to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from linzhan.casework.scales.definition import Act, Band, DefinitionFault, Group, Item, Rule, Scale, Scoring

SCREENING_ONLY: Final = "这是筛查结果，不是诊断；需要诊断时请转介医疗机构"
PLACES: Final = Decimal("0.01")
Answers = Mapping[str, int]


class AnswersRefused(ValueError):
    """Answers that cannot be scored; the message is Chinese and names the items."""


@dataclass(frozen=True, slots=True)
class Result:
    """What answers come to. ``missing`` are items without an answer that the scale allows for."""

    score: Decimal
    band: Band
    groups: tuple[tuple[Group, Decimal], ...]
    missing: tuple[str, ...]
    rules: tuple[Rule, ...]

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals that must be reported at once, each once."""
        return tuple(dict.fromkeys(rule.signal for rule in self.rules if rule.act is Act.CRISIS))


def counted(item: Item, score: int) -> int:
    """What an answer counts: turned over where the item is reversed (twice turned over is itself)."""
    return item.lowest + item.highest - score if item.reverse else score


def result(scale: Scale, answers: Answers) -> Result:
    """The result of ``answers`` (item to the score of the chosen option); :class:`AnswersRefused` otherwise."""
    require(scale, answers)
    given = {item.id: counted(item, answers[item.id]) for item in scale.items if item.id in answers}
    missing = tuple(item.id for item in scale.items if item.id not in answers)
    score = _total(scale, given)
    groups = tuple((group, _part(group, given)) for group in scale.groups)
    return Result(score, band_of(scale, score), groups, missing, following(scale, given, score))


def require(scale: Scale, answers: Answers) -> None:
    """Refuse answers to items or options that are not there, and too many that are missing."""
    by_id = {item.id: item for item in scale.items}
    strangers = sorted(set(answers) - set(by_id))
    if strangers:
        raise AnswersRefused(f"{scale.name}没有这些题：{'、'.join(strangers)}")
    for identity, score in answers.items():
        if type(score) is not int or score not in {option.score for option in by_id[identity].options}:
            raise AnswersRefused(f"第 {identity} 题没有得 {score} 分的选项")
    missing = [item.id for item in scale.items if item.id not in answers]
    if len(missing) > scale.missing_at_most:
        allowed = f"最多可空 {scale.missing_at_most} 题" if scale.missing_at_most else "每题都要回答"
        raise AnswersRefused(f"还有 {len(missing)} 题没有回答：第 {'、'.join(missing)} 题；{allowed}")


def _total(scale: Scale, given: Answers) -> Decimal:
    """The score of the whole; missing items, where allowed, count as the mean of the others."""
    if scale.scoring is Scoring.HIGHEST:
        return scale.multiplier * max(given.values())
    total = Decimal(sum(given.values())) * len(scale.items) / len(given)
    return _settled(scale, (scale.multiplier * total).quantize(PLACES, ROUND_HALF_UP))


def _settled(scale: Scale, score: Decimal) -> Decimal:
    """A score made whole: only estimates of missing items have a fraction, and bands know none."""
    steps = (score / scale.multiplier).quantize(Decimal(1), ROUND_HALF_UP)
    return min(max(steps * scale.multiplier, scale.lowest), scale.highest)


def _part(group: Group, given: Answers) -> Decimal:
    return Decimal(sum(given[each] for each in group.items if each in given))


def band_of(scale: Scale, score: Decimal) -> Band:
    """The one band that ``score`` lies in."""
    for band in scale.bands:
        if band.low <= score <= band.high:
            return band
    raise DefinitionFault(f"{scale.name}没有 {score} 分的分档")


def following(scale: Scale, given: Answers, score: Decimal) -> tuple[Rule, ...]:
    """The rules that answers (as they count) and score fulfil; a missing answer fulfils none."""
    return tuple(rule for rule in scale.rules if _holds(rule, given, score))


def _holds(rule: Rule, given: Answers, score: Decimal) -> bool:
    if not rule.items:
        return _within(rule, score)
    return any(_within(rule, Decimal(given[each])) for each in rule.items if each in given)


def _within(rule: Rule, value: Decimal) -> bool:
    return (rule.at_least is None or value >= rule.at_least) and (
        rule.at_most is None or value <= rule.at_most
    )

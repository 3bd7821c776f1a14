"""What a scale is: a versioned definition, read from a data file, checked whole before it is used (``domain.md`` §8).

A definition is data with a licence note; nothing about a single scale stands in code. It is read strictly:
an unknown word, a band that leaves a gap, a rule about an item that is not there are refused with a Chinese
sentence, so that a file brought by an administrator either holds or says what is wrong with it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any, Final


class DefinitionFault(ValueError):
    """A definition that cannot be used; the message is Chinese and names the place."""


class Wording(StrEnum):
    """Where the words of the items come from."""

    OWN = "own"  # written for this platform in plain Chinese; may be replaced by an official text
    OFFICIAL = "official"  # the text of a public document
    TITLES = "titles"  # only titles and score fields: the wording is in the standard
    NONE = "none"  # only the arithmetic: whoever has permission imports a version with the text


class Scoring(StrEnum):
    SUM = "sum"
    HIGHEST = "highest"


class Severity(StrEnum):
    """How a band is shown; never a diagnosis."""

    GOOD = "good"
    WAIT = "wait"
    BAD = "bad"


class Act(StrEnum):
    """What follows from a result."""

    CRISIS = "crisis"  # an incident is opened in the same transaction
    NEXT = "next"  # another scale is advisable
    ADVISE = "advise"  # a sentence for the worker


@dataclass(frozen=True, slots=True)
class Option:
    label: str
    score: int


@dataclass(frozen=True, slots=True)
class Item:
    """One question. ``reverse`` turns its score over: the highest option counts as the lowest."""

    id: str
    text: str
    options: tuple[Option, ...]
    reverse: bool = False

    @property
    def lowest(self) -> int:
        return min(option.score for option in self.options)

    @property
    def highest(self) -> int:
        return max(option.score for option in self.options)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the items with a score of its own (客观支持)."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from ``low`` to ``high``, both included, and what they are called."""

    low: Decimal
    high: Decimal
    name: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows where one of ``items`` scores at least ``at_least``, or, without items, the whole does.

    ``at_most`` asks for low scores where low is worse.
    """

    act: Act
    say: str
    items: tuple[str, ...] = ()
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    signal: str = ""
    scale: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """One version of a scale."""

    code: str
    version: str
    name: str
    purpose: str
    licence: str
    source: str
    wording: Wording
    wording_note: str
    by: str
    frame: str
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    groups: tuple[Group, ...] = ()
    rules: tuple[Rule, ...] = ()
    scoring: Scoring = Scoring.SUM
    multiplier: Decimal = Decimal(1)
    missing_at_most: int = 0
    higher_is_worse: bool = True
    minutes: int = 0

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.version

    @property
    def usable(self) -> bool:
        """Whether it can be filled in: it has its words."""
        return self.wording is not Wording.NONE

    @property
    def lowest(self) -> Decimal:
        """The lowest score that can come out."""
        every = [item.lowest for item in self.items]
        return self.multiplier * (max(every) if self.scoring is Scoring.HIGHEST else sum(every))

    @property
    def highest(self) -> Decimal:
        every = [item.highest for item in self.items]
        return self.multiplier * (max(every) if self.scoring is Scoring.HIGHEST else sum(every))


TOP: Final = frozenset(
    {
        "code", "version", "name", "purpose", "licence", "source", "wording", "wording_note", "by", "frame",
        "scoring", "multiplier", "missing_at_most", "higher_is_worse", "minutes",
        "options", "item", "group", "band", "rule",
    }
)  # fmt: skip
WANTED: Final = ("code", "version", "name", "purpose", "licence", "source", "wording", "item", "band")
LONGEST: Final = {"code": 32, "version": 16, "name": 100}


def read(text: str) -> Scale:
    """The definition in a TOML text; :class:`DefinitionFault` where it does not hold."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionFault(f"文件不是有效的 TOML：{error}") from None
    try:
        return checked(_scale(raw))
    except DefinitionFault:
        raise
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise DefinitionFault(f"定义里有读不懂的内容：{error}") from None


def _scale(raw: Mapping[str, Any]) -> Scale:
    _known("量表", raw, TOP)
    lacking = [name for name in WANTED if not raw.get(name)]
    if lacking:
        raise DefinitionFault(f"量表缺少：{'、'.join(lacking)}（许可说明 licence 和出处 source 都必须写明）")
    for name, most in LONGEST.items():
        if len(str(raw[name])) > most:
            raise DefinitionFault(f"{name} 不能超过 {most} 个字符")
    shared = {name: _options(listed) for name, listed in raw.get("options", {}).items()}
    return Scale(
        code=str(raw["code"]),
        version=str(raw["version"]),
        name=str(raw["name"]),
        purpose=str(raw["purpose"]),
        licence=str(raw["licence"]),
        source=str(raw["source"]),
        wording=Wording(raw["wording"]),
        wording_note=str(raw.get("wording_note", "")),
        by=str(raw.get("by", "")),
        frame=str(raw.get("frame", "")),
        items=tuple(_item(each, shared) for each in raw["item"]),
        bands=tuple(_band(each) for each in raw["band"]),
        groups=tuple(Group(str(g["name"]), _texts(g["items"])) for g in raw.get("group", ())),
        rules=tuple(_rule(each) for each in raw.get("rule", ())),
        scoring=Scoring(raw.get("scoring", Scoring.SUM)),
        multiplier=Decimal(str(raw.get("multiplier", 1))),
        missing_at_most=int(raw.get("missing_at_most", 0)),
        higher_is_worse=bool(raw.get("higher_is_worse", True)),
        minutes=int(raw.get("minutes", 0)),
    )


def _known(what: str, raw: Mapping[str, Any], names: Iterable[str]) -> None:
    strangers = sorted(set(raw) - set(names))
    if strangers:
        raise DefinitionFault(f"{what}里有不认识的字段：{'、'.join(strangers)}")


def _texts(listed: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(each) for each in listed)


def _options(listed: Sequence[Sequence[Any]]) -> tuple[Option, ...]:
    return tuple(Option(str(label), int(score)) for label, score in listed)


def _item(raw: Mapping[str, Any], shared: Mapping[str, tuple[Option, ...]]) -> Item:
    _known("题目", raw, ("id", "text", "options", "reverse", "most"))
    if "most" in raw:  # only a score field, from 0 to so many
        options = tuple(Option(str(score), score) for score in range(int(raw["most"]) + 1))
    else:
        given = raw["options"]
        options = shared[given] if isinstance(given, str) else _options(given)
    return Item(str(raw["id"]), str(raw.get("text", "")), options, bool(raw.get("reverse", False)))


def _band(raw: Mapping[str, Any]) -> Band:
    _known("分档", raw, ("from", "to", "name", "severity"))
    low, high = Decimal(str(raw["from"])), Decimal(str(raw["to"]))
    return Band(low, high, str(raw["name"]), Severity(raw["severity"]))


def _rule(raw: Mapping[str, Any]) -> Rule:
    _known("规则", raw, ("act", "say", "items", "at_least", "at_most", "signal", "scale"))
    bounds = {
        name: None if raw.get(name) is None else Decimal(str(raw[name])) for name in ("at_least", "at_most")
    }
    if all(bound is None for bound in bounds.values()):
        raise DefinitionFault("规则须写明 at_least 或 at_most")
    return Rule(
        act=Act(raw["act"]),
        say=str(raw["say"]),
        items=_texts(raw.get("items", ())),
        signal=str(raw.get("signal", "")),
        scale=str(raw.get("scale", "")),
        **bounds,
    )


def checked(scale: Scale) -> Scale:
    """``scale`` if it holds together."""
    ids = [item.id for item in scale.items]
    if len(set(ids)) != len(ids):
        raise DefinitionFault("题号有重复")
    for item in scale.items:
        _check_item(scale, item)
    for name, named in [(g.name, g.items) for g in scale.groups] + [(r.say, r.items) for r in scale.rules]:
        strangers = sorted(set(named) - set(ids))
        if strangers:
            raise DefinitionFault(f"“{name}”提到没有的题：{'、'.join(strangers)}")
    if scale.multiplier <= 0 or not 0 <= scale.missing_at_most < len(ids):
        raise DefinitionFault("乘数应大于 0，允许缺答的题数应少于总题数")
    _check_bands(scale)
    _check_rules(scale)
    return scale


def _check_item(scale: Scale, item: Item) -> None:
    scores = [option.score for option in item.options]
    if len(scores) < 2 or len(set(scores)) != len(scores):
        raise DefinitionFault(f"第 {item.id} 题须有两个以上选项，且各选项分数不同")
    if min(scores) < 0:
        raise DefinitionFault(f"第 {item.id} 题的分数不能小于 0")
    if scale.usable and not item.text.strip():
        raise DefinitionFault(f"第 {item.id} 题没有题目文字")


def _check_bands(scale: Scale) -> None:
    """The bands cover every score that can come out, without gap or overlap at a whole step."""
    bands = sorted(scale.bands, key=lambda band: band.low)
    if any(band.high < band.low for band in bands):
        raise DefinitionFault("有一档的上限小于下限")
    if bands[0].low > scale.lowest or bands[-1].high < scale.highest:
        raise DefinitionFault(f"分档没有覆盖 {scale.lowest} 到 {scale.highest} 的全部分数")
    for before, after in pairwise(bands):
        if after.low <= before.high:
            raise DefinitionFault(f"“{before.name}”与“{after.name}”重叠")
        if after.low - before.high > scale.multiplier:
            raise DefinitionFault(f"“{before.name}”与“{after.name}”之间有空档")


def _check_rules(scale: Scale) -> None:
    for rule in scale.rules:
        if rule.act is Act.CRISIS and not rule.signal:
            raise DefinitionFault(f"“{rule.say}”会立即上报，须写明信号代码 signal")
        if rule.act is Act.NEXT and not rule.scale:
            raise DefinitionFault(f"“{rule.say}”须写明接着做哪个量表 scale")

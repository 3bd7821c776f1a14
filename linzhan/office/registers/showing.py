"""A row's values as a page shows them: places by name, references as links, masks that can be lifted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from linzhan.kernel import masking
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.declare import REGISTERS, Register, codes_of
from linzhan.kernel.registers.reading import Referred, masked
from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.office.parts import Cell, Masked, Severity, Status, Tone
from linzhan.office.regions.names import paths_of, short
from linzhan.office.registers.opening import reveal_right
from linzhan.office.requests import holds

KEPT = 300  # seconds a code list's labels are kept
PERSONAL = (Level.L3, Level.L4)
SHOWN_AT_MOST = 3  # values of a cell that holds several
TONES: dict[str, Tone] = {
    **dict.fromkeys(
        (
            "运营",
            "建成",
            "正常",
            "执行",
            "在册",
            "合格",
            "优秀",
            "良好",
            "已办结",
            "无问题",
            "在职",
            "服务中",
        ),
        "good",
    ),
    **dict.fromkeys(
        ("计划", "建设中", "立项", "采购", "签约", "评估", "新", "已核实", "已匹配", "基本合格"), "wait"
    ),
    **dict.fromkeys(("整改", "禁入", "不合格", "发现问题", "未满足", "高风险"), "bad"),
    **dict.fromkeys(("暂停", "撤销", "注销", "结项", "终止", "迁出", "死亡", "结束", "离职"), "off"),
}
WORDS_OF_STATE = frozenset({"status", "conclusion", "grade", "risk"})

SEVERITIES = {"蓝": "blue", "黄": "yellow", "橙": "orange", "红": "red"}

Shower = Callable[[Mapping[str, Any]], object]


class Showing:
    """Shows rows of one register to one reader; place names are fetched once for all rows given."""

    def __init__(self, request: HttpRequest, register: Register, rows: Sequence[Mapping[str, Any]]) -> None:
        self.register = register
        self.rights: frozenset[str] = getattr(request, "rights", frozenset())
        self.reveals = holds(request, reveal_right(register))
        self.paths = paths_of(_region_codes(register, rows))
        self._cells: dict[Referred, Cell] = {}

    def value(self, column: Column, row: Mapping[str, Any], *, full: bool = False) -> object:
        """The value of ``column`` for a cell or a fact; ``full`` shows every one of several values."""
        return self.shower(column, full=full)(row)

    def shower(self, column: Column, *, full: bool = False) -> Shower:
        """How the values of ``column`` are shown, settled once for all rows."""
        name = column.name
        if column.refers_to.startswith("@"):
            return lambda row: labels(column, row[name])
        if column.kind is Kind.REGION:
            return lambda row: self._place(row[name], full=full)
        if column.kind is Kind.REFERENCE:
            return lambda row: self._subject(row[name], full=full)
        if column.level in PERSONAL or column.kind in SECRET_KINDS:
            return lambda row: self._personal(column, row)
        if (drawn := _drawn(column)) is not None:
            return lambda row: drawn(row[name])
        return itemgetter(name)

    def _subject(self, value: object, *, full: bool) -> object:
        """A row that is referred to, several, or a place where the subject is one (评估 of a county)."""
        if isinstance(value, str):
            return self._place(value, full=full)
        referred = _referred(value)
        return self._references(referred, full=full) if referred else value

    def _personal(self, column: Column, row: Mapping[str, Any]) -> object:
        value = row[column.name]
        if is_masked_value(column, value):
            return Masked(value, self._reveal_url(column, row), column.header)
        return _state(value) if column.kind is Kind.CHOICE and column.name in WORDS_OF_STATE else value

    def _place(self, code: object, *, full: bool) -> str:
        path = self.paths.get(str(code or ""), "")
        return path.replace("/", " / ") if full else short(path)

    def _reference(self, referred: Referred) -> Cell:
        if referred not in self._cells:  # the rows of a page refer to a handful
            self._cells[referred] = Cell(value=referred_text(referred), url=self._url(referred))
        return self._cells[referred]

    def _references(self, every: Sequence[Referred], *, full: bool) -> object:
        if len(every) == 1:
            return self._reference(every[0])
        shown = every if full else every[:SHOWN_AT_MOST]
        text = "、".join(map(referred_text, shown))
        return text if len(shown) == len(every) else f"{text} 等 {len(every)} 个"

    def _url(self, referred: Referred) -> str:
        seen = REGISTERS[referred.register].view in self.rights
        return f"/r/{referred.register}/{referred.id}/" if seen else ""

    def _reveal_url(self, column: Column, row: Mapping[str, Any]) -> str:
        return f"/r/{self.register.key}/{row['id']}/reveal/{column.name}/" if self.reveals else ""


def _drawn(column: Column) -> Callable[[object], object] | None:
    """How a word of a closed list is drawn, where it is more than a word."""
    if column.kind is not Kind.CHOICE:
        return None
    if column.name in WORDS_OF_STATE:
        return _state
    return severity_of if set(column.choices) <= set(SEVERITIES) else None


def severity_of(word: object) -> object:
    """蓝, 黄, 橙 or 红 with its shape; anything else as it is."""
    level = SEVERITIES.get(str(word or ""))
    return Severity(level, str(word)) if level else word


def _referred(value: object) -> list[Referred]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, Referred)]


def _region_codes(register: Register, rows: Sequence[Mapping[str, Any]]) -> set[str]:
    names = [c.name for c in register.sheet.columns if c.kind is Kind.REGION or c.refers_to.startswith("?")]
    codes = {str(row[name]) for row in rows for name in names if isinstance(row.get(name), str)}
    return {code for code in codes if code} | {
        str(row["region_code"]) for row in rows if row.get("region_code")
    }


def _state(value: object) -> object:
    return Status(str(value), TONES.get(str(value), "")) if value else value


def is_masked_value(column: Column, value: object) -> bool:
    """Whether ``value``, as the register reads it, is a mask of what is stored."""
    return (
        (column.level in PERSONAL or column.kind in SECRET_KINDS) and isinstance(value, str) and "*" in value
    )


def referred_text(referred: Referred) -> str:
    """How a row that is referred to is called: its name, masked where the name is a person's."""
    register = REGISTERS[referred.register]
    column = register.sheet.column_by_name.get(register.title)
    if column is None or not referred.title:
        return referred_key(referred)
    if column.refers_to.startswith("@"):
        return str(labels(column, referred.title))
    return str(masked(column, referred.title)) if column.level in PERSONAL else referred.title


def referred_key(referred: Referred) -> str:
    """The key of a row that is referred to, masked where it is an identity number."""
    secret = REGISTERS[referred.register].sheet.keys[0].kind in SECRET_KINDS
    return masking.mask_identity(referred.key) if secret else referred.key


def options_of(column: Column) -> dict[str, str]:
    """A closed code list as code to name, in the order of its owner."""
    key = f"code-labels:{column.refers_to}"
    known: dict[str, str] | None = cache.get(key)
    if known is None:
        known = {code: text for text, code in codes_of(column.refers_to).items() if text != code}
        cache.set(key, known, KEPT)
    return known


def labels(column: Column, value: object) -> object:
    """Names of codes: B01 as 探访, several as a list."""
    if value in (None, "", []):
        return value
    names = options_of(column)
    if isinstance(value, (list, tuple)):
        return [names.get(str(each), str(each)) for each in value]
    return names.get(str(value), str(value))


def kind_of(column: Column) -> str:
    """The spelling of a column on a page (``linzhan.office.formats``)."""
    if column.kind is Kind.MONEY:
        return "amount"
    if column.kind in (Kind.REGION, Kind.REFERENCE, Kind.CHOICE):
        return "text"
    if column.kind is Kind.TEXT and column.name == "period":  # results of before the platform word it freely
        return "period"
    return "code" if column.kind in (Kind.IDENTITY, Kind.DOCUMENT, Kind.USCC) else column.kind.value

"""What a column of a sheet is: the one description that reading, writing, forms, lists and the API share.

A register (``linzhan.kernel.registers``) is a tuple of these. Import, template, export, form,
history, API schema and list page are all derived from it, so a column is described once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Kind(StrEnum):
    """How a cell is read. The value type that reading yields stands behind each kind."""

    TEXT = "text"  # str, inner spacing kept, one line or many
    CODE = "code"  # str, half-width, no inner spaces: keys such as 站点编号
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # Decimal, ``places`` digits
    MONEY = "money"  # Decimal in yuan, two places; understands 12.5万
    YEAR = "year"  # int, 1900–2100; understands 2021年
    MONTH = "month"  # date, the first day of the month; understands 2021-06, 2021年6月, 202106
    PERIOD = "period"  # str as ``kernel.periods`` writes it; understands 2021q3, 2021年第3季度
    DATE = "date"  # date
    TIME = "time"  # aware datetime (Asia/Shanghai)
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # str, one of ``choices``
    IDENTITY = "identity"  # str, an 18-digit ID card number with its check digit (GB 11643)
    DOCUMENT = "document"  # str, an identity document; an ID card unless ``document_type`` says otherwise
    USCC = "uscc"  # str, unified social credit code with its check digit (GB 32100)
    PHONE = "phone"  # str as typed, half-width (an export gives back what was written)
    REGION = "region"  # str as typed, half-width; resolved to 12 digits by the territory
    REFERENCE = "reference"  # str, the key of a row of the sheet ``refers_to``


class Level(StrEnum):
    """Sensitivity of a field, ``domain.md`` §19.2: L1 aggregates … L4 secret."""

    L1 = "L1"
    L2 = "L2"
    L3 = "L3"
    L4 = "L4"


class Origin(StrEnum):
    """Who says what stands in a column."""

    STATED = "stated"  # who registers the row
    STAMPED = "stamped"  # the clock, where a form or a program registers the row; a file states it
    PLATFORM = "platform"  # a step or the phone's sync: on no form and in no body; a file may state it
    DERIVED = "derived"  # the database, from other columns: never written


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a sheet and one field of its register.

    ``header`` is the contract's Chinese name, ``name`` the attribute it becomes. ``several``
    means that one cell may hold several values separated by ``; , 、`` or a line break; ``by_line``
    that they are sentences, which hold commas, and stand one on a line.
    ``not_before`` names the column that must not be later than this one (an end and its start).
    ``starter``: the starter workbook's; the others are left out of its template, and stand in an export
    only where some row says anything in them.
    """

    name: str
    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    key: bool = False
    several: bool = False
    by_line: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    minimum: int | None = None
    maximum: int | None = None
    places: int = 2
    max_length: int = 0
    not_before: str = ""
    document_type: str = ""  # for DOCUMENT: the column that says which document it is
    level: Level = Level.L2
    dated: bool = False  # a change of it is kept with the day from which it holds
    merges: str = ""  # how two changes from afar are joined: append, higher, newest; "" asks a person
    help: str = ""  # asked of the reader of a form: what it is used for, how to fill it
    unit: str = ""
    starter: bool = True
    origin: Origin = Origin.STATED


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One sheet of the workbook: its name, other names for its tab, and its columns.

    ``by_headers``: a tab of another name is taken for it where its headers fit.
    """

    name: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    by_headers: bool = True
    column_by_name: dict[str, Column] = field(init=False, repr=False, compare=False)
    keys: tuple[Column, ...] = field(init=False, repr=False, compare=False)
    required: tuple[Column, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {column.name: column for column in self.columns}
        if len(by_name) != len(self.columns):
            raise ValueError(f"{self.name}: two columns share a name")
        object.__setattr__(self, "column_by_name", by_name)
        object.__setattr__(self, "keys", tuple(column for column in self.columns if column.key))
        object.__setattr__(self, "required", tuple(column for column in self.columns if column.required))

    def of_starter(self, *more: Column) -> Sheet:
        """The sheet as the starter workbook has it, and with ``more`` of its columns behind."""
        kept = tuple(c for c in self.columns if (c.starter or c in more) and c.origin is not Origin.DERIVED)
        return replace(self, columns=kept)


PLATFORM_ID = Column(
    name="id",
    header="平台编号",
    kind=Kind.CODE,
    level=Level.L1,
    help="平台给每一行的编号，请勿修改；号码被遮盖的导出表再导入时，靠它认出是哪一行",
)
"""A second key of every sheet: the row's own id, carried by exports that mask the first."""

FAULT_HEADER = "错误"
EXPLANATION_TAB = "填写说明"
IGNORED_HEADERS = frozenset({FAULT_HEADER})
IGNORED_TABS = frozenset({EXPLANATION_TAB})

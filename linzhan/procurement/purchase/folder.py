"""The documents of a purchase (采购卷宗) in their order, as one PDF or as a ZIP of papers (PUR-01, DOC-13).

Drawn from what is kept, so that nothing has to be put together by hand: each part of the file with the rows that
belong to it, where the signed original lies, who took which step and what the checks said. A reader gets what the
pages show them: parts they hold no right for are named and left out, values they see masked stay masked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.utils import timezone

from linzhan.kernel import money
from linzhan.kernel.documents import Entry, packed, pdf
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.registers.stepping import taken_of
from linzhan.kernel.scope import current_actor
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.procurement.purchase import columns
from linzhan.procurement.purchase.enums import Paper as Original

TEMPLATE: Final = Path(__file__).with_name("folder.typ")
MOST: Final = 500  # rows of one table


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of another register that belong to a paper: by their purchase or by its project."""

    register: str
    names: tuple[str, ...]
    of: str = "purchase"


@dataclass(frozen=True, slots=True)
class Paper:
    title: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Rows, ...] = ()
    originals: tuple[Original, ...] = ()


PAPERS: Final = (
    Paper("采购概况", columns.WHAT),
    Paper("需求调查和预算", columns.NEED, originals=(Original.SURVEY, Original.PLAN)),
    Paper("立项审批", columns.APPROVAL, originals=(Original.MINUTES,)),
    Paper("采购方式", columns.METHOD, originals=(Original.METHOD, Original.TENDER)),
    Paper(
        "响应和评审",
        rows=(
            Rows("bids", ("bidder", "bidder_name", "price", "score", "rank", "result", "interest", "recused")),
            Rows("panel-members", ("name", "role", "unit", "drawn", "interest", "recused")),
        ),
        originals=(Original.REVIEW,),
    ),
    Paper("成交", columns.AWARD, originals=(Original.AWARD,)),
    Paper(
        "合同",
        columns.CONTRACT,
        rows=(
            Rows("contract-targets", ("metric", "quantity", "unit", "done"), "project"),
            Rows("contract-changes", ("code", "stage", "changes", "effective_on", "reason", "new_amount"), "project"),
        ),
        originals=(Original.CONTRACT,),
    ),
    Paper("人员方案", rows=(Rows("planned-posts", ("worker", "post", "leads", "professional", "share", "from_on")),)),
    Paper(
        "执行和评估",
        columns.DELIVERY,
        rows=(Rows("milestones", ("name", "due_on", "done_on", "evidence", "deviation", "remedy"), "project"),),
        originals=(Original.WORK_PLAN, Original.MID, Original.FINAL),
    ),
    Paper(
        "资金安排和拨付",
        rows=(
            Rows("funding-lines", ("code", "year", "source", "fund_level", "amount", "stage"), "project"),
            Rows("payments", ("code", "instalment", "due_upon", "due_on", "amount", "stage"), "project"),
        ),
    ),
    Paper("结算和续签", columns.END, originals=(Original.AUDIT, Original.SETTLEMENT)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """A paper as it is: facts that are stated, tables, where originals lie, and what is kept from this reader."""

    title: str
    facts: list[list[str]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    originals: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)

    @property
    def begun(self) -> bool:
        return bool(self.facts or self.tables or self.originals)

    @property
    def state(self) -> str:
        if self.begun:
            return "已有"
        return "无权查看" if self.withheld else "还没有"


@dataclass(frozen=True, slots=True)
class PurchaseFolder:
    code: str
    name: str
    head: list[list[str]]
    papers: Sequence[Drawn]
    steps: list[list[str]]

    @property
    def file_name(self) -> str:
        return f"采购卷宗-{self.code}"


def purchase_folder(purchase: UUID, *, rights: frozenset[str]) -> PurchaseFolder:
    """The folder of a purchase within the reader's scope; LookupError where there is none."""
    register = REGISTERS["purchase-files"]
    row = next(iter(records(register, register.model._default_manager.filter(pk=purchase))), None)
    if row is None:
        raise LookupError(purchase)
    project = row["project"].id if isinstance(row["project"], Referred) else None
    lying = _originals(purchase, rights)
    papers = [_drawn(paper, row, project, lying, rights) for paper in PAPERS]
    shown = ("code", "name", "purchaser", "provider", "stage")
    head = [[_named(register.column(name)), _text(row[name], register.column(name))] for name in shown]
    return PurchaseFolder(str(row["code"]), str(row["name"]), head, papers, _steps(register, purchase))


def _originals(purchase: UUID, rights: frozenset[str]) -> dict[str, list[str]]:
    """What 采购材料 says of signed papers, by their kind; those of no kind of the list under 其他."""
    register = REGISTERS["purchase-papers"]
    if register.view not in rights:
        return {}
    found: dict[str, list[str]] = {}
    rows = register.model._default_manager.filter(purchase=purchase).order_by("issued_on", "pk")[:MOST]
    for each in records(register, rows):
        told = [each["title"], each["number"], _text(each["issued_on"], register.column("issued_on"))]
        lies = f"存放：{each['kept_at']}" if each["kept_at"] else ""
        found.setdefault(each["paper"] or Original.OTHER.value, []).append(
            "  ".join(filter(None, [*told, lies]))
        )
    return found


def _drawn(
    paper: Paper,
    row: dict[str, Any],
    project: UUID | None,
    lying: dict[str, list[str]],
    rights: frozenset[str],
) -> Drawn:
    made = Drawn(paper.title)
    made.facts.extend(
        [_named(column), text] for column in paper.columns if (text := _text(row[column.name], column))
    )
    for each in paper.rows:
        register, owner = REGISTERS[each.register], row["id"] if each.of == "purchase" else project
        if register.view not in rights:
            made.withheld.append(register.name)
        elif owner is not None and (rows := _table(register, each, owner)):
            heads = [_named(register.column(name)) for name in each.names]
            made.tables.append({"title": register.name, "heads": heads, "rows": rows})
    for kind in paper.originals:
        made.originals.extend(f"{kind.value}：{told}" for told in lying.get(kind.value, ()))
    if paper is PAPERS[-1]:
        made.originals.extend(f"其他：{told}" for told in lying.get(Original.OTHER.value, ()))
    return made


def _table(register: Register, wanted: Rows, owner: UUID) -> list[list[str]]:
    rows = register.model._default_manager.filter(**{wanted.of: owner}).order_by("pk")[:MOST]
    shown = [register.column(name) for name in wanted.names]
    return [[_text(each[column.name], column) for column in shown] for each in records(register, rows, shown)]


def _steps(register: Register, purchase: UUID) -> list[list[str]]:
    """Who took which step when, why, and what the checks said that was more than a pass."""
    assert register.steps is not None
    labels = {one.name: str(one.label) for one in register.steps}
    found = []
    for each in taken_of(register, purchase):
        said = [
            f"[{one['outcome']}] {one['title']}：{one['words']}"
            for one in each.checks
            if one["outcome"] != "通过"
        ]
        why = [each.note, *said, f"继续办理的理由：{each.overruled}" if each.overruled else ""]
        found.append(
            [
                f"{timezone.localtime(each.at):%Y-%m-%d}", labels.get(each.step, each.step), each.actor_label,
                "\n".join(filter(None, why)),
            ]
        )  # fmt: skip
    return found


def as_pdf(folder: PurchaseFolder, at: datetime) -> bytes:
    """The whole folder as one document."""
    begun = [each for each in folder.papers if each.begun]
    return pdf(TEMPLATE, _data(folder, at, begun, cover=True, steps=True), made_at=at)


def as_zip(folder: PurchaseFolder, at: datetime) -> Iterator[bytes]:
    """The list of contents, every paper by itself and the steps, sent while it is made."""
    wanted = [("00-目录.pdf", _data(folder, at, [], cover=True, steps=False))]
    wanted += [
        (f"{number:02d}-{each.title}.pdf", _data(folder, at, [each], cover=False, steps=False))
        for number, each in enumerate(folder.papers, 1)
        if each.begun
    ]
    last = len(folder.papers) + 1
    wanted.append((f"{last:02d}-办理过程.pdf", _data(folder, at, [], cover=False, steps=True)))
    here = timezone.localtime(at)
    return packed(Entry(name, pdf(TEMPLATE, data, made_at=at), here) for name, data in wanted)


def _data(
    folder: PurchaseFolder, at: datetime, papers: Sequence[Drawn], *, cover: bool, steps: bool
) -> dict[str, Any]:
    by, moment = current_actor().label or "系统", f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
    return {
        "mark": f"内部  {by}  {moment}",
        "code": folder.code,
        "name": folder.name,
        "head": [*folder.head, ["导出人", by], ["导出时间", moment]],
        "cover": cover,
        "contents": [
            [str(number), each.title, each.state, "；".join(each.originals)]
            for number, each in enumerate(folder.papers, 1)
        ],
        "papers": [
            {
                "title": each.title,
                "facts": each.facts,
                "tables": each.tables,
                "originals": each.originals,
                "withheld": "、".join(each.withheld),
            }
            for each in papers
        ],
        "steps": folder.steps if steps else [],
        "with_steps": steps,
    }


def _named(column: Column) -> str:
    """The head of a column on paper, where a reference is told by its name and not by its code."""
    return column.header.removesuffix("代码") if column.kind is Kind.REFERENCE else column.header


def _text(value: Any, column: Column) -> str:
    if isinstance(value, Referred):
        return value.title or value.key
    if isinstance(value, (list, tuple)):
        return "、".join(_text(each, column) for each in value)
    if isinstance(value, (bool, Decimal, int)):
        return _number(value, column)
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m-%d}"
    return "" if value is None else str(value)


def _number(value: Any, column: Column) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if column.kind is Kind.MONEY:
        return money.ledger(Decimal(value))
    return f"{Decimal(value).normalize():f}{column.unit}"

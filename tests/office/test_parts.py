"""Spelling of values and the components of a page, without a database."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

import pytest
from django.forms import ChoiceField, DateField, Form
from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from linzhan.office import formats, parts

ENGINE = Engine(
    app_dirs=True,
    libraries={
        "office_parts": "linzhan.office.templatetags.office_parts",
        "i18n": "django.templatetags.i18n",
        "static": "django.templatetags.static",
    },
)
amounts = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
TEN_THOUSANDTH = Decimal("0.01")


def rendered(source: str, **context: object) -> str:
    return ENGINE.from_string("{% load office_parts %}" + source).render(Context(context))


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        (Decimal(75400), "money", "75,400.00 元"),
        (Decimal(75400), "money_short", "7.54 万元"),
        (Decimal("9999.99"), "money_short", "9,999.99 元"),
        (Decimal(120000000), "money_short", "1.20 亿元"),
        (Decimal("99999999.99"), "money_short", "1.00 亿元"),
        (Decimal("87.505"), "percent", "87.51%"),
        (Decimal("2.675"), "percent", "2.68%"),
        (0, "percent", "0.00%"),
        (28431, "integer", "28,431"),
        (Decimal("120.50"), "decimal", "120.5"),
        (date(2021, 6, 5), "date", "2021-06-05"),
        (date(2021, 6, 1), "month", "2021-06"),
        (datetime(2021, 6, 4, 17, 30, tzinfo=UTC), "date", "2021-06-05"),
        (datetime(2021, 6, 5, 1, 30, tzinfo=UTC), "moment", "2021-06-05 09:30"),
        (datetime(2021, 6, 5, 1, 30, tzinfo=UTC), "text", "2021-06-05 09:30"),
        (timedelta(minutes=90), "duration", "1 小时 30 分"),
        (False, "yes_no", "否"),
        (["探访", "个案"], "text", "探访、个案"),
    ],
)
def test_a_value_reads_as_the_house_spells_it(value: object, kind: str, text: str) -> None:
    assert formats.shown(value, kind) == text


@pytest.mark.parametrize("kind", sorted(set(formats.FORMATS) - {"yes_no"}))
def test_what_is_missing_is_a_dash_and_never_zero(kind: str) -> None:
    assert formats.shown(None, kind) == "—"


def test_a_field_nobody_stated_says_so() -> None:
    assert formats.stated(None) == formats.stated("") == formats.yes_no(None) == "未填报"
    assert formats.stated(0) == "0"


def test_a_difference_carries_its_sign_and_none_is_level() -> None:
    assert [formats.signed(value) for value in (3, -2, 0, None)] == ["+3", "−2", "持平", "—"]


@given(amounts)
def test_a_shortened_amount_is_within_half_a_unit_of_the_exact_one(amount: Decimal) -> None:
    digits, unit = formats.money_short(amount).split(" ")
    factor = {"元": 1, "万元": 10**4, "亿元": 10**8}[unit]
    assert abs(Decimal(digits.replace(",", "")) * factor - amount) <= TEN_THOUSANDTH / 2 * factor


@given(amounts)
def test_a_ledger_amount_reads_back_exactly(amount: Decimal) -> None:
    assert Decimal(formats.money(amount).removesuffix(" 元").replace(",", "")) == amount


@given(st.decimals(min_value=-1000, max_value=1000, places=5))
def test_a_percentage_is_rounded_half_up(value: Decimal) -> None:
    expected = value.quantize(TEN_THOUSANDTH, rounding=ROUND_HALF_UP)
    assert Decimal(formats.percent(value).removesuffix("%").replace(",", "")) == expected


@given(st.dictionaries(st.text(min_size=1), st.none() | amounts, min_size=1))
def test_colour_classes_keep_the_order_of_the_values_and_leave_the_missing_out(
    values: dict[str, Decimal | None],
) -> None:
    levels = formats.heat_levels(values)
    known = sorted((value, levels[key]) for key, value in values.items() if value is not None)
    assert all(level is None for key, level in levels.items() if values[key] is None)
    classes = [level for _, level in known]
    assert classes == sorted(level for level in classes if level is not None)
    assert all(level is not None and 0 <= level <= 5 for level in classes)


def test_a_shortened_amount_shows_the_exact_one_to_the_pointer() -> None:
    assert rendered("{{ v|money_short }}", v=Decimal(75400)) == '<span title="75,400.00 元">7.54 万元</span>'


def test_outside_text_is_escaped_everywhere_it_can_stand() -> None:
    evil = '<script>"x'
    table = parts.Table(
        caption=evil,
        columns=[parts.TableColumn(key="a", label=evil, unit=evil), parts.TableColumn(key="b", label="b")],
        rows=[
            parts.TableRow(cells={"a": parts.Cell(value=evil, note=evil), "b": parts.Status(evil)}, url="/x")
        ],
    )
    areas = parts.AreaFigure(title=evil, areas=[parts.Area(code="1", name=evil, value=1)], geojson="/g")
    html = rendered(
        "{% data_table t %}{% masked e '/r' e %}{% area_figure a %}{% field f %}",
        t=table, e=evil, a=areas, f=parts.Field(name="n", label=evil, value=evil, help=evil),
    )  # fmt: skip
    assert "<script>" not in html
    assert evil not in html


def test_a_row_is_one_link_and_its_name_is_what_is_read() -> None:
    table = parts.Table(
        caption="站点",
        columns=[
            parts.TableColumn(key="code", label="编号", kind="code"),
            parts.TableColumn(key="name", label="站点", lead=True),
        ],
        rows=[parts.TableRow(cells={"code": "431202001", "name": "红星街道社工站"}, url="/stations/1")],
    )
    html = rendered("{% data_table t %}", t=table)
    assert re.findall(r'class="row-link" href="([^"]+)">([^<]+)<', html) == [
        ("/stations/1", "红星街道社工站")
    ]


def test_an_empty_table_says_what_belongs_here_and_how_to_begin() -> None:
    empty = parts.Empty(
        title="这里还没有社工站", body="可以逐个登记。", action=parts.Action(label="登记社工站", url="/new")
    )
    html = rendered("{% data_table t %}", t=parts.Table(caption="站点", columns=[], rows=[], empty=empty))
    assert "<table" not in html
    assert text_of(html) == "这里还没有社工站可以逐个登记。登记社工站"


def test_totals_leave_blank_what_has_no_total() -> None:
    columns = [
        parts.TableColumn(key=key, label=key, kind=kind)
        for key, kind in (("n", "text"), ("d", "date"), ("m", "amount"))
    ]
    table = parts.Table(
        caption="账", columns=columns, rows=[parts.TableRow(cells={})], totals={"m": Decimal("3.5")}
    )
    foot = rendered("{% data_table t %}", t=table).split("<tfoot>")[1]
    assert text_of(foot) == "合计3.50"


@pytest.mark.parametrize(
    ("level", "word"), [("blue", "蓝色"), ("yellow", "黄色"), ("orange", "橙色"), ("red", "红色")]
)
def test_a_severity_has_its_word_and_a_shape_of_its_own(level: str, word: str) -> None:
    html = rendered("{% severity level %}", level=level)
    others = [
        rendered("{% severity level %}", level=other)
        for other in ("blue", "yellow", "orange", "red")
        if other != level
    ]
    shape = re.findall(r' d="([^"]+)"', html)
    assert text_of(html) == word
    assert all(shape != re.findall(r' d="([^"]+)"', other) for other in others)


def test_a_masked_value_without_a_way_to_reveal_it_offers_none() -> None:
    assert "button" not in rendered("{% masked '990***' %}")
    assert 'data-reveal="/reveal/1"' in rendered("{% masked '990***' '/reveal/1' '身份证号' %}")


def test_a_missing_figure_says_so_with_its_reason_and_draws_no_bar() -> None:
    figure = parts.KeyFigure(name="满意度", value=None, target=90, why_missing="本月无评分", unit="分")
    html = rendered("{% key_figure f %}", f=figure)
    assert "未填报" in html
    assert "本月无评分" in html
    assert "<rect" not in html


def test_the_line_of_trust_names_date_rows_and_definition() -> None:
    line = parts.FigureLine(
        as_of=date(2021, 6, 30), rows=1204, rows_url="/rows", definition_url="/definition"
    )
    html = rendered("{% figure_line l %}", l=line)
    assert [text_of(part) for part in re.findall(r"<span>.*?</span>", html)] == [
        "截至 2021-06-30",
        "据 1,204 行",
        "口径",
    ]
    assert 'href="/rows"' in html
    assert 'href="/definition"' in html


def test_chart_and_table_show_the_same_numbers() -> None:
    city = parts.Line(name="市", values=[None, Decimal("88.2")])
    trend = parts.Trend(title="覆盖率", labels=["5 月", "6 月"], kind="percent", unit="%", series=[city])
    html = rendered("{% trend t %}", t=trend)
    data = json.loads(re.findall(r'<script id="trend-data"[^>]*>(.*?)</script>', html)[0])
    assert data["series"][0]["values"] == [None, 88.2]
    cells = [text_of(cell) for cell in re.findall(r'<td class="num">(.*?)</td>', html)]
    assert cells == ["—", "88.20%"]


def test_every_tile_is_labelled_with_its_value_and_the_missing_are_hatched() -> None:
    areas = [parts.Area(code="1", name="红星街道", value=98), parts.Area(code="2", name="凉亭坳乡")]
    html = rendered("{% tile_grid f %}", f=parts.AreaFigure(title="探访率", areas=areas, kind="percent"))
    tiles = re.findall(r'class="tile (\S+)"[^>]*>(.*?)</div>', html)
    assert [(css, text_of(body)) for css, body in tiles] == [
        ("heat-3", "红星街道98.00%"),
        ("heat-none", "凉亭坳乡未填报"),
    ]


class StationForm(Form):
    status = ChoiceField(label="状态", choices=[("a", "运营"), ("b", "整改")], help_text="现在的状态")
    opened = DateField(label="挂牌日期", required=False)


def test_a_field_of_a_django_form_draws_as_one_of_ours() -> None:
    form = StationForm({"status": "x", "opened": "2021-06-05"})
    html = rendered("{% field s %}{% field o %}", s=form["status"], o=form["opened"])
    assert 'aria-describedby="id_status-help id_status-error"' in html
    assert html.count("必填") == 1
    assert "<option" in html


class Controls(HTMLParser):
    """Collects what a form has: ids of controls and what labels point at."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        if tag in {"input", "select", "textarea"} and given.get("type") not in {
            "hidden",
            "radio",
            "checkbox",
        }:
            self.ids.append(given["id"])
        if tag == "label" and "for" in given:
            self.labelled.append(given["for"])


CONTROL_KINDS = [
    "text",
    "number",
    "money",
    "date",
    "month",
    "datetime",
    "select",
    "textarea",
    "region",
    "reference",
    "search",
]


@pytest.mark.parametrize("kind", CONTROL_KINDS)
def test_every_control_has_a_label_and_nothing_is_styled_inline(kind: str) -> None:
    controls = Controls()
    controls.feed(
        rendered(
            "{% field f %}",
            f=parts.Field(name="x", label="名", kind=kind, unit="元", error="不对", help="怎么填"),
        )
    )
    assert controls.ids == controls.labelled == ["id_x"]
    assert controls.inline == []


def test_running_work_asks_again_and_finished_work_does_not() -> None:
    running = rendered("{% progress j %}", j=parts.Job(id="1", label="导入", done=3, total=10, url="/jobs/1"))
    finished = rendered(
        "{% progress j %}", j=parts.Job(id="1", label="导入", state="done", url="/jobs/1", result_url="/r")
    )
    assert 'hx-trigger="every 1s"' in running
    assert "hx-trigger" not in finished
    assert 'href="/r"' in finished


def test_a_change_shows_before_and_after_and_what_was_not_stated() -> None:
    edit = parts.Edit(
        what="修改站点", when=datetime(2021, 6, 4, 9, 12, tzinfo=formats.HERE), by="杨晓梅",
        differences=[parts.Difference(label="租期至", before=None, after=date(2023, 5, 31), kind="date")],
    )  # fmt: skip
    html = rendered("{% diff e %}", e=[edit])
    assert "未填报" in html
    assert "<ins>2023-05-31</ins>" in html
    assert "2021-06-04 09:12 · 杨晓梅" in text_of(html)


HOSTILE = "<b title='\"&"


class _Strict(HTMLParser):
    """Collects what a browser would take for elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _value in attrs}


@pytest.mark.parametrize(
    "value",
    [
        HOSTILE,
        [HOSTILE, HOSTILE],
        parts.Cell(value=HOSTILE, url=HOSTILE, note=HOSTILE),
        parts.Cell(value=HOSTILE, tone=HOSTILE),  # type: ignore[arg-type]  # nobody types a tone, still
        parts.Status(HOSTILE, HOSTILE),  # type: ignore[arg-type]  # as above
        parts.Masked(HOSTILE, HOSTILE, HOSTILE),
        parts.Masked(HOSTILE),
        parts.Meter(1, 2, HOSTILE),
        parts.Severity("red", HOSTILE),
    ],
)
@pytest.mark.parametrize("kind", ["text", "code", "date", "number", "money_short"])
def test_nothing_that_stands_in_a_table_becomes_markup(value: object, kind: str) -> None:
    """Rows are joined by hand: every slot of every cell must be escaped."""
    table = parts.Table(
        caption=HOSTILE,
        columns=[
            parts.TableColumn(key="a", label=HOSTILE, unit=HOSTILE, kind=kind, lead=True),
            parts.TableColumn(key="b", label=HOSTILE, kind=kind, help=HOSTILE, sort_url=HOSTILE),
        ],
        rows=[parts.TableRow(cells={"a": value, "b": value}, id=HOSTILE, url=HOSTILE, area=HOSTILE)],
        totals={"a": 1, "b": value},
        bulk=[parts.Action(label=HOSTILE, name="act")],
    )
    seen = _Strict()
    seen.feed(rendered("{% data_table table %}", table=table, csrf_token="x"))
    assert seen.elements.count("b") == 1  # our own: the number of rows that are ticked
    known = {
        "title",
        "id",
        "class",
        "href",
        "name",
        "value",
        "type",
        "method",
        "action",
        "scope",
        "hidden",
        "d",
    }
    known |= {"viewbox", "focusable", "max"}
    assert {a for a in seen.attributes if not a.startswith(("aria-", "data-", "hx-"))} <= known

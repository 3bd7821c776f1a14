"""From the plain values of ``parts`` to what the templates print: small HTML, and contexts worked out once.

Badges and values are built here and not by templates of their own, because a list shows hundreds of them;
``linzhan.office.tabulating`` puts them into rows. Every text passes :func:`escaped`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

from django.forms import BoundField
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from linzhan.office import formats, parts

SHAPES = {
    "blue": "M6 .8a5.2 5.2 0 1 0 0 10.4A5.2 5.2 0 0 0 6 .8z",
    "yellow": "M6 .8 11.7 11.2H.3z",
    "orange": "M6 .2 11.8 6 6 11.8.2 6z",
    "red": "M3.7.5h4.6l3.2 3.2v4.6l-3.2 3.2H3.7L.5 8.3V3.7z",
}


def look(thing: object, name: str, default: Any = "") -> Any:  # a component takes objects and mappings alike
    """The attribute or key *name* of *thing*; *default* where there is none."""
    if isinstance(thing, Mapping):
        return thing.get(name, default)
    return getattr(thing, name, default)


def severity_words() -> dict[str, str]:
    return {"blue": _("蓝色"), "yellow": _("黄色"), "orange": _("橙色"), "red": _("红色")}


def escaped(value: object) -> str:
    """*value* as text that is safe in an element and in a quoted attribute; ready HTML passes."""
    return value if isinstance(value, SafeString) else escape(str(value))


@cache  # a page shows an icon many times; names and classes are those of the code
def icon_html(name: str, css: str = "") -> SafeString:
    classes = f"icon {css}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("icons.svg"),
        name,
    )


def status_html(word: object, tone: str = "") -> SafeString:
    return SafeString(f'<span class="status {escaped(tone)}">{escaped(word)}</span>')


def severity_html(level: str, word: str = "") -> SafeString:
    return format_html(
        '<span class="severity {}"><svg viewBox="0 0 12 12" aria-hidden="true"><path d="{}"/></svg>{}</span>',
        level,
        SHAPES[level],
        word or severity_words()[level],
    )


def masked_html(masked: parts.Masked) -> SafeString:
    text = f'<span class="masked"><span class="code">{escaped(masked.text)}</span>'
    if not masked.url:
        return SafeString(f"{text}</span>")
    what = escaped(masked.what)
    return SafeString(
        f'{text}<button type="button" class="reveal" data-reveal="{escaped(masked.url)}" data-reveal-what="{what}"'
        f' aria-haspopup="dialog" aria-label="{escaped(_("查看%(what)s全文")) % {"what": what}}">'
        f"{icon_html('eye')}{escaped(_('查看'))}</button></span>"
    )


def meter_html(meter: parts.Meter) -> SafeString:
    value, full = formats.decimal(meter.value), formats.decimal(meter.full)
    if value is None or not full:
        return missing_html()
    text = meter.text or formats.percent(value / full * 100)
    return format_html(
        '<span class="meter"><progress class="{}" max="{}" value="{}" aria-label="{}"></progress><span>{}</span></span>',
        meter.tone, full, max(0, min(value, full)), text, text,
    )  # fmt: skip


def missing_html(word: str = formats.DASH) -> SafeString:
    return SafeString(f'<span class="missing">{escaped(word)}</span>')


MISSING = missing_html()


def value_html(value: object, kind: str = "text") -> SafeString:
    """*value* spelled by *kind*; badges, masks and meters draw themselves; ready HTML passes."""
    if isinstance(value, SafeString):
        return value
    match value:
        case parts.Status(word, tone):
            return status_html(word, tone)
        case parts.Severity(level, word):
            return severity_html(level, word)
        case parts.Masked():
            return masked_html(value)
        case parts.Meter():
            return meter_html(value)
        case _:
            return spelled_html(value, kind)


def spelled_html(value: object, kind: str) -> SafeString:
    """A plain value; a shortened amount carries the exact one for the pointer."""
    text = formats.shown(value, kind)
    if text == formats.DASH:
        return MISSING
    exact = formats.exact_money(value, kind)
    if exact and exact != text:
        return SafeString(f'<span title="{escaped(exact)}">{escaped(text)}</span>')
    return SafeString(escaped(text))


def target_context(figure: parts.KeyFigure) -> dict[str, object]:
    """The bar under a key figure: where the value stands and where the target is, of 100 units of width."""
    value, target = (
        formats.decimal(look(figure, "value", None)),
        formats.decimal(look(figure, "target", None)),
    )
    if value is None or not target:
        return {"bar": None}
    floor: Decimal = Decimal(100) if look(figure, "kind") == "percent" else value
    full: Decimal = max(value, target, floor)
    return {
        "bar": {
            "fill": f"{max(Decimal(0), value) / full * 100:.2f}",
            "tick": f"{min(target / full * 100, Decimal(99)):.2f}",
            "short": value < target,
        }
    }


def field_context(field: parts.Field | BoundField) -> dict[str, object]:
    """The context of ``field.html``; a field of a Django form is described first."""
    described = described_field(field) if isinstance(field, BoundField) else field
    value = look(described, "value", None)
    chosen = (
        {str(item) for item in value}
        if isinstance(value, (list, tuple, set))
        else {"" if value is None else str(value)}
    )
    name = look(described, "name")
    field_id = f"id_{name}"
    kind = look(described, "kind") or "text"
    pairs = [as_pair(choice) for choice in look(described, "choices", ())]
    about = [f"{field_id}-{part}" for part in ("help", "error") if look(described, part)]
    return {
        "field": described,
        "kind": kind,
        "id": field_id,
        "text": "" if value is None else input_text(value, look(described, "kind")),
        "derived": value_html(value),
        "options": options_html(pairs, chosen) if kind == "select" else "",
        "choices": [
            {"value": key, "label": label, "chosen": str(key) in chosen, "id": f"{field_id}-{at}"}
            for at, (key, label) in enumerate(pairs)
        ],
        "described_by": " ".join(about),
    }


def options_html(pairs: Iterable[tuple[object, object]], chosen: Container[str]) -> SafeString:
    """The lines of a select; a row of filters has a hundred of them."""
    return SafeString(
        "".join(
            [
                f'<option value="{escaped(key)}"{" selected" if str(key) in chosen else ""}>{escaped(label)}</option>'
                for key, label in pairs
            ]
        )
    )


def as_pair(choice: object) -> tuple[object, object]:
    if isinstance(choice, (list, tuple)):
        return choice[0], choice[1]
    return look(choice, "value"), look(choice, "label")


def input_text(value: object, kind: str) -> str:
    """What stands in the input: ISO for dates, plain digits for numbers, so that it can be typed on."""
    if kind in {"date", "month", "datetime"}:
        spelled = {"date": formats.day, "month": formats.month, "datetime": formats.moment}[kind](value)
        return "" if spelled == formats.DASH else spelled.replace(" ", "T")
    return str(value)


KINDS_OF_INPUTS = {
    "Textarea": "textarea", "Select": "select", "NullBooleanSelect": "select", "SelectMultiple": "chips",
    "RadioSelect": "chips", "CheckboxSelectMultiple": "chips", "CheckboxInput": "checkbox", "DateInput": "date",
    "DateTimeInput": "datetime", "NumberInput": "number", "PasswordInput": "password", "FileInput": "file",
    "ClearableFileInput": "file", "HiddenInput": "hidden",
}  # fmt: skip


def described_field(bound: BoundField) -> parts.Field:
    """A field of a Django form as a ``parts.Field``; ``widget.attrs`` may carry kind, unit, url, purpose, display."""
    widget = bound.field.widget
    attrs = widget.attrs
    kind = str(attrs.get("kind") or KINDS_OF_INPUTS.get(type(widget).__name__, "text"))
    return parts.Field(
        name=bound.html_name,
        label=str(bound.label),
        kind=kind,
        value=bound.value(),
        display=str(attrs.get("display", "")),
        choices=tuple(getattr(widget, "choices", ())),
        required=bound.field.required,
        several=bool(getattr(widget, "allow_multiple_selected", False)),
        readonly=bound.field.disabled,
        help=str(bound.help_text),
        purpose=str(attrs.get("purpose", "")),
        error="；".join(str(error) for error in bound.errors),
        unit=str(attrs.get("unit", "")),
        url=str(attrs.get("url", "")),
        along=str(attrs.get("along", "")),
        placeholder=str(attrs.get("placeholder", "")),
        max_length=int(getattr(bound.field, "max_length", None) or 0),
        autocomplete=str(attrs.get("autocomplete", "off")),
        autofocus=bool(attrs.get("autofocus", False)),
    )

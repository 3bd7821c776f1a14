"""How checks on an institution are shown: a table with the clause, and one word for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linzhan.kernel.checks import Checked, Outcome
from linzhan.office import parts
from linzhan.providers.api import verdict

TONES: Final[dict[Outcome, parts.Tone]] = {
    Outcome.PASS: "good",
    Outcome.WARN: "wait",
    Outcome.UNKNOWN: "off",
    Outcome.STOP: "bad",
}
WORDS: Final = {
    Outcome.PASS: lazy("可以承接"),
    Outcome.WARN: lazy("可以承接，有提醒"),
    Outcome.UNKNOWN: lazy("须先核对"),
    Outcome.STOP: lazy("不得承接"),
}
ORDER: Final = (Outcome.STOP, Outcome.UNKNOWN, Outcome.WARN, Outcome.PASS)


def status(found: Sequence[Checked]) -> parts.Status:
    """Whether it may bid, in a word."""
    outcome = verdict(found)
    return parts.Status(str(WORDS[outcome]), TONES[outcome])


def why(found: Sequence[Checked]) -> str:
    """The reasons of the gravest outcome, with their clauses."""
    outcome = verdict(found)
    return "；".join(each.sentence for each in found if each.outcome is outcome is not Outcome.PASS)


def checks_table(
    found: Sequence[Checked],
    caption: str,
    empty: parts.Empty,
    *,
    of: str,
    action: Callable[[Checked], parts.Action | None] = lambda _each: None,
) -> parts.Table:
    """Every check, the gravest first, with number, base and clause; ``action`` is what can be done about one."""
    return parts.Table(
        id=of,
        caption=caption,
        columns=[
            parts.TableColumn(key="title", label=_("核对事项"), lead=True),
            parts.TableColumn(key="outcome", label=_("结果")),
            parts.TableColumn(key="words", label=_("情况")),
            parts.TableColumn(key="clause", label=_("依据")),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "title": str(each.title),
                    "outcome": parts.Status(each.outcome.value, TONES[each.outcome]),
                    "words": each.words,
                    "clause": each.clause or None,
                },
                tone="wrong" if each.outcome is Outcome.STOP else "",
                actions=[made] if (made := action(each)) is not None else [],
            )
            for each in sorted(found, key=lambda each: ORDER.index(each.outcome))
        ],
        empty=empty,
        compact=True,
    )

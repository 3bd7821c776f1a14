"""State machines as tables: from where, to where, by which right, with which fields.

A machine is data. Services ask it before they write, screens ask it which buttons to show, and the
handbook prints it; so the three cannot disagree. Labels may be lazy translations.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise  # a text or its lazy translation

    from linzhan.kernel.checks import Checks

S = TypeVar("S", bound=str)
Guard = Callable[[Mapping[str, Any]], str]
"""Looks at a row as it would stand after the step: a Chinese sentence that says what is missing, or ``""``."""
NOTE: Final = "note"
"""The reason or remark of a step: no column of the row, kept with the step itself."""
CREATED: Final = "*created"
"""As ``not_by``: whoever wrote the row down may not take the step."""


class StepRefused(ValueError):
    """A step that cannot be taken now; the message is Chinese and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One transition: ``name`` in code, ``label`` on the button, from any of ``sources`` to ``target``.

    ``requires`` are the fields that must be filled for the step: name and label; ``note`` is the step's own
    reason. ``asks`` are further fields offered with it. ``not_by`` names an earlier step: whoever took it
    last may not take this one, so that nobody approves their own act; unless it is ``at_will`` (to lift, to
    give back, to reopen), the row waits for it. ``guard`` looks at the whole row.
    ``checks`` hold it against the rules of the place (``kernel.checks``). ``lasting`` says of a row whether
    the step takes longer than somebody waits before a page: a desk then has it done by the worker.
    """

    name: str
    label: StrOrPromise
    sources: frozenset[str]
    target: str
    right: str
    requires: Mapping[str, StrOrPromise] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    not_by: str = ""
    guard: Guard | None = None
    checks: Checks | None = None
    at_will: bool = False
    lasting: Callable[[Mapping[str, Any]], bool] | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The row's columns that the step fills, in the order of the form; the note is not one."""
        return tuple(name for name in (*self.requires, *self.asks) if name != NOTE)


def step(
    name: str,
    label: StrOrPromise,
    sources: str | Iterable[str],
    target: str,
    *,
    right: str,
    asks: Collection[str] = (),
    not_by: str = "",
    guard: Guard | None = None,
    checks: Checks | None = None,
    at_will: bool = False,
    lasting: Callable[[Mapping[str, Any]], bool] | None = None,
    **requires: StrOrPromise,
) -> Step:
    """A row of the table: ``step("pause", "暂停", "运营", "暂停", right="network.manage", note="原因")``."""
    begins = (sources,) if isinstance(sources, str) else sources
    return Step(
        name=name,
        label=label,
        sources=frozenset(str(begin) for begin in begins),
        target=str(target),
        right=right,
        requires=requires,
        asks=tuple(asks),
        not_by=not_by,
        guard=guard,
        checks=checks,
        at_will=at_will,
        lasting=lasting,
    )


class Steps:
    """The states of one kind of thing, by value and label, and the steps between them.

    Refuses at construction, with ValueError: two steps of one name, a state that is not declared, a
    step without a right, and a state that cannot be reached from any of the ``initial`` ones.
    """

    def __init__(
        self,
        title: StrOrPromise,
        *,
        states: Mapping[S, StrOrPromise],
        initial: Collection[str],
        steps: Iterable[Step],
    ) -> None:
        self.title = title
        self.states: dict[str, StrOrPromise] = {str(state): label for state, label in states.items()}
        self.initial = tuple(str(state) for state in initial)
        self._steps: dict[str, Step] = {}
        for one in steps:
            self._add(one)
        self._refuse_undeclared(self.initial, "initial")
        self._refuse_unreachable()

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps.values())

    def __getitem__(self, name: str) -> Step:
        if name not in self._steps:
            raise StepRefused(f"{self.title}没有“{name}”这一步")
        return self._steps[name]

    def allowed(self, state: str, rights: Collection[str]) -> tuple[Step, ...]:
        """The steps that someone with ``rights`` may take from ``state``, in the order of the table."""
        return tuple(one for one in self if str(state) in one.sources and one.right in rights)

    def take(
        self, name: str, state: str, given: Mapping[str, object], *, rights: Collection[str] | None = None
    ) -> str:
        """The state after the step ``name`` from ``state``; :class:`StepRefused` where it cannot be taken.

        ``given`` are the fields that come with it; None and blank texts count as missing. Without
        ``rights`` the caller has tested the step's right already.
        """
        one = self[name]
        if str(state) not in one.sources:
            raise StepRefused(self._not_from_here(one, str(state), rights))
        if rights is not None and one.right not in rights:
            raise StepRefused(f"您没有“{one.label}”的权限，请联系管理员授权")
        missing = [label for key, label in one.requires.items() if _is_blank(given.get(key))]
        if missing:
            raise StepRefused(f"“{one.label}”须填写：{'、'.join(map(str, missing))}")
        return one.target

    def describe(self) -> str:
        """The table in Markdown and Chinese, for the handbook."""
        lines = ["| 操作 | 从 | 到 | 权限 | 必填 |", "|---|---|---|---|---|"]
        for one in self:
            sources = "、".join(str(label) for state, label in self.states.items() if state in one.sources)
            required = "、".join(map(str, one.requires.values())) or "—"
            lines.append(
                f"| {one.label} | {sources} | {self.states[one.target]} | `{one.right}` | {required} |"
            )
        return "\n".join(lines) + "\n"

    def _not_from_here(self, one: Step, state: str, rights: Collection[str] | None) -> str:
        here = self.states.get(state, state)
        possible = [other for other in self if state in other.sources]
        own = [str(other.label) for other in possible if rights is None or other.right in rights]
        hint = f"现在可以：{'、'.join(own)}" if own else "现在由别人办理" if possible else "这是最终状态"
        return f"{self.title}现为“{here}”，不能“{one.label}”；{hint}"

    def _add(self, one: Step) -> None:
        if one.name in self._steps:
            raise ValueError(f"{self.title}: two steps are called {one.name}")
        if not one.right or not one.sources:
            raise ValueError(f"{self.title}: the step {one.name} lacks a right or a source")
        if one.not_by not in ("", CREATED) and one.not_by not in self._steps:
            raise ValueError(
                f"{self.title}: {one.name} names a step that does not stand before it: {one.not_by}"
            )
        self._refuse_undeclared([*one.sources, one.target], one.name)
        self._steps[one.name] = one

    def _refuse_undeclared(self, states: Iterable[str], where: str) -> None:
        undeclared = sorted(set(states) - set(self.states))
        if undeclared:
            raise ValueError(f"{self.title}: {where} names states that are not declared: {undeclared}")

    def _refuse_unreachable(self) -> None:
        reached, grown = set(self.initial), True
        while grown:
            further = {one.target for one in self if reached & one.sources} - reached
            reached |= further
            grown = bool(further)
        unreachable = [state for state in self.states if state not in reached]
        if unreachable:
            raise ValueError(f"{self.title}: no step leads to {unreachable}")


def _is_blank(value: object) -> bool:
    return value is None or (
        isinstance(value, (str, list, tuple)) and not (value.strip() if isinstance(value, str) else value)
    )

"""Situations hidden in a simulated city, and what the checks make of them; time and memory over all of it."""

from __future__ import annotations

import os
import resource
from collections import Counter
from typing import Any

from bench.measuring import Results, seconds

PART = "plausibility"
ABUSES, INNOCENTS = 20, 20
WORDY = ("PC02", "PC03", "PC04")
"""Texts and travel are judged by likeness and by distance: they may be wrong more often than plain rules."""
SIZE = int(os.environ.get("LINZHAN_BENCH_WORKERS", "0")) or None
"""Workers of the simulated city, where fewer than all of it are wanted."""


def run(results: Results) -> None:
    """``linzhan simulate --preset city --plant``, then one run of all checks, then a second without anything new."""
    from linzhan.demo.simulating.loading import simulate
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    made: list[Any] = []

    def make() -> None:
        made.append(simulate("city", abuses=ABUSES, innocents=INNOCENTS, workers=SIZE, report=print))

    taken = seconds(make)
    [city] = made
    results.add(PART, f"making {city.services:,} records, {len(city.planted)} situations hidden", taken, "s")
    with opened(EVERYTHING, Actor(label="测速")):
        _checked(results, city)
        _told(results, city.planted)


def _checked(results: Results, city: Any) -> None:
    from datetime import date

    from linzhan.kernel import places
    from linzhan.oversight.plausibility.running import check

    first = check(places.NATION, date(2021, 12, 31))
    results.add(
        PART, f"all checks over {first.services:,} services, {first.notes:,} notes signed", first.seconds, "s"
    )
    for answer in sorted(first.answers, key=lambda one: one.rule.code):
        results.add(
            PART, f"{answer.rule.code} {answer.rule.name}: found {len(answer.findings)}", answer.seconds, "s"
        )
    again = check(places.NATION, date(2021, 12, 31))
    results.add(PART, f"the same again, {again.notes} notes signed", again.seconds, "s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    results.add(PART, f"most memory of the process, {city.services:,} records", peak, "MB")


def _told(results: Results, planted: Any) -> None:
    """Recall: hidden abuses that a flag names. Precision: flags that name a hidden abuse and nothing else's."""
    from linzhan.oversight.models import PlausibilityFlag

    flags = [
        (rule, people, codes)
        for rule, people, codes in named(PlausibilityFlag.objects.values_list("rule", "person_id", "rows"))
    ]
    for check in sorted({each.check for each in planted}):
        abuses = [each for each in planted if each.check == check and each.abuse]
        asked = [(person, codes) for rule, person, codes in flags if rule == check]
        hit = [each for each in abuses if any(means(each, *one) for one in asked)]
        right = [one for one in asked if any(means(each, *one) for each in abuses)]
        wordy = check in WORDY
        results.add(
            PART,
            f"{check} recall of {len(abuses)}",
            len(hit) / len(abuses),
            "",
            "≥ 0.9" if wordy else "≥ 0.95",
        )
        precision = len(right) / len(asked) if asked else 0.0
        results.add(PART, f"{check} precision of {len(asked)}", precision, "", "≥ 0.8" if wordy else "≥ 0.9")
        wrong = Counter(
            each.name
            for each in planted
            if each.check == check and not each.abuse and any(means(each, *one) for one in asked)
        )
        quiet = sorted({each.name for each in planted if each.check == check and not each.abuse} - set(wrong))
        print(f"  {check} 没有误报的相似情形：{'；'.join(quiet) or '—'}")
        if wrong:
            print(f"  {check} 误报：{'；'.join(f'{name} {number}' for name, number in wrong.items())}")
        strangers = (
            len(asked)
            - len(right)
            - sum(any(means(e, *o) for e in planted if not e.abuse and e.check == check) for o in asked)
        )
        if strangers > 0:
            print(f"  {check} 没有埋入的：{strangers}")


def means(planted: Any, person: str, codes: frozenset[str]) -> bool:
    """Whether a flag about ``person`` and these rows speaks of what was planted."""
    return bool(codes & set(planted.records)) if planted.records else person == planted.worker


def named(rows: Any) -> list[tuple[str, str, frozenset[str]]]:
    """Of flags (rule, worker, rows): rule, the worker's number, and the codes of records and residents behind them."""
    from linzhan.kernel import secrecy
    from linzhan.workforce.api import SocialWorker

    told = list(rows)
    codes = _codes({(key, identity) for _rule, _person, behind in told for key, identity in behind})
    people = {person for _rule, person, _behind in told if person}
    numbers = {
        pk: secrecy.open_sealed(bytes(sealed))
        for pk, sealed in SocialWorker.objects.filter(pk__in=people).values_list(
            "pk", "identity_number_sealed"
        )
    }
    return [
        (rule, numbers.get(person, ""), frozenset(codes[each] for _key, each in behind if each in codes))
        for rule, person, behind in told
    ]


def _codes(named: set[tuple[str, str]]) -> dict[str, str]:
    """The codes of rows by their ids."""
    from linzhan.kernel.registers.declare import REGISTERS

    found: dict[str, str] = {}
    for register in ("service-records", "residents"):
        ids = {identity for key, identity in named if key == register}
        rows = REGISTERS[register].model._default_manager.filter(pk__in=ids)
        found |= {str(pk): code for pk, code in rows.values_list("pk", "code")}
    return found

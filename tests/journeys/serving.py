"""A web server for browsers: the application as it is, in threads of the test's own process.

It answers from whatever database the tests point at, as the application's own role. The background
worker is the test itself: :func:`work` runs what waits, so that a journey says when work is done.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import urlopen

from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import run_now
from linzhan.kernel.jobs.tasks import refresh_store
from linzhan.kernel.scope import EVERYTHING, opened


class _Quiet(WSGIRequestHandler):
    """Refusals are part of the stories; what goes wrong is seen by the browser's watch."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name is the library's
        del format, args


class Careless(_Quiet):
    """One connection a request: an application that raises ``ConnectionAbortedError`` has cut the line."""

    protocol_version = "HTTP/1.0"


class _Server(ThreadedWSGIServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves a page drops its connections; a page that fails answers 500."""
        del request, client_address


@contextmanager
def serving() -> Iterator[str]:
    """The address of a running server; it ends with the block."""
    with answering(get_wsgi_application()) as address:
        urlopen(f"{address}/sign-in/").close()  # noqa: S310 -- ours; the first request imports every page
        yield address


@contextmanager
def answering(application: Any, handler: type[WSGIRequestHandler] = _Quiet) -> Iterator[str]:
    """Any application, served likewise."""
    server = _Server(("127.0.0.1", 0), handler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def work() -> list[Job]:
    """Run every job that waits, oldest first, and count anew what the writes made stale."""
    with opened(EVERYTHING):
        waiting = list(Job.objects.filter(state=JobState.WAITING).order_by("ordered_at"))
    done = [run_now(each) for each in waiting]
    refresh_store()
    return done

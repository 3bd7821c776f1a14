"""The built bundle of the phone app: where its files are handed out, and which version of it this is.

A phone keeps the whole shell and asks only whether ``sw.js`` has changed. So the list of files and a
version made of their contents stand in front of that script: a new build is a new script.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse

KEPT = (
    "field.js",
    "field.css",
    "mark.svg",
    "field-192.png",
)  # on the phone, beside the page and the manifest
WORKER = "field-worker.js"


class NotBuilt(Exception):
    """The front end has not been built; ``make prepare`` does it."""


def source(name: str) -> bytes:
    found = finders.find(name)
    if not found:
        raise NotBuilt(name)
    return Path(found).read_bytes()


@cache
def page() -> str:
    """The shell: the same for everybody, so that a shared phone keeps it once."""
    return render_to_string("field/shell.html", {"version": version()})


@cache
def version() -> str:
    """Changes with any byte of what the phone keeps."""
    digest = hashlib.sha256()
    for name in (*KEPT, WORKER):
        digest.update(source(name))
    digest.update(render_to_string("field/shell.html", {"version": ""}).encode())
    return digest.hexdigest()[:12]


def address(name: str) -> str:
    """Where ``name`` is handed out. Stable names get the version, so that no old copy is taken for it."""
    return f"{static(name)}?v={version()}"


@cache
def worker() -> str:
    """The service worker, with what it keeps in front of it."""
    shell = {
        "version": version(),
        "page": reverse("field:shell"),
        "files": [*map(address, KEPT), reverse("field:manifest")],
    }
    return f"self.SHELL = {json.dumps(shell)};\n{source(WORKER).decode()}"

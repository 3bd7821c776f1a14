"""Papers opened again by another program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

READER = shutil.which("pdftotext")
with_reader = pytest.mark.skipif(READER is None, reason="this machine has no pdftotext to read it with")


def read_pdf(document: bytes, path: Path, *options: str) -> str:
    """The text of a PDF, kept at ``path``; for tests that are marked :data:`with_reader`."""
    assert READER is not None
    path.write_bytes(document)
    return subprocess.run([READER, *options, path, "-"], capture_output=True, check=True).stdout.decode()

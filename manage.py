#!/usr/bin/env python
"""Django's own commands (makemigrations, shell …); brings the database up as ``linzhan`` does."""

from __future__ import annotations

import sys

from linzhan.command import manage

if __name__ == "__main__":
    sys.exit(manage(sys.argv))

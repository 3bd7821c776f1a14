"""Sessions in the database, as Django keeps them; one is read by a plain statement, since every request does.

Nothing of a session is cached: whoever signs out, is idle for too long or gets a new password is out at
the next click.
"""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import connection
from django.utils import timezone

READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(DatabaseSessions):
    """``settings.SESSION_ENGINE``."""

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown or ended one is begun anew."""
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key, timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])

"""What a password must be (``domain.md`` §19.5): ten characters, three of four classes, not the person's name.

The list of common passwords is Django's own; the public password of the demo city is refused for
everybody but the demo accounts.
"""

from __future__ import annotations

import secrets
import string
import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MINIMUM_LENGTH = 10
CLASSES = 3
# Without 0 O 1 l I: a one-time password is read aloud over the telephone.
LOWER, UPPER, DIGITS, MARKS = "abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "-+=?"
SHORTEST_NAME = 3  # shorter ones occur in good passwords by chance


def classes_of(password: str) -> int:
    """How many of the four classes occur: small letters, capitals, digits, anything else."""
    return sum(
        (
            any(c in string.ascii_lowercase for c in password),
            any(c in string.ascii_uppercase for c in password),
            any(c in string.digits for c in password),
            any(c not in string.ascii_letters + string.digits for c in password),
        )
    )


def faults_of(password: str, names: Iterable[str] = ()) -> list[str]:
    """What is wrong with ``password`` for a person called ``names``; each a sentence for the reader."""
    found = []
    if len(password) < MINIMUM_LENGTH:
        found.append(_("密码至少 %(number)d 个字符") % {"number": MINIMUM_LENGTH})
    if classes_of(password) < CLASSES:
        found.append(_("小写字母、大写字母、数字、符号，密码至少要用其中三种"))
    plain = _plain(password)
    for name in filter(None, map(_plain, names)):
        is_long_enough = len(name) >= SHORTEST_NAME or not name.isascii()
        if is_long_enough and (name in plain or name[::-1] in plain):
            found.append(_("密码不能包含用户名或姓名"))
            break
    if plain == _plain(settings.DEMO_PASSWORD):
        found.append(_("这是公开的演示密码，请换一个"))
    return found


class PasswordRules:
    """The validator of the settings (``AUTH_PASSWORD_VALIDATORS``)."""

    def validate(self, password: str, user: object = None) -> None:
        names = [str(getattr(user, name, "") or "") for name in ("username", "display_name", "phone")]
        found = faults_of(password, names)
        if found:
            raise ValidationError(found)

    def get_help_text(self) -> str:
        return _("至少 10 个字符，小写字母、大写字母、数字、符号至少三种，不含用户名或姓名")


def one_time_password() -> str:
    """A random password of twelve characters with all four classes, to be changed at the first sign-in."""
    letters = [secrets.choice(each) for each in (LOWER, UPPER, DIGITS, MARKS)]
    letters += [secrets.choice(LOWER + UPPER + DIGITS) for _number in range(8)]
    secrets.SystemRandom().shuffle(letters)
    return "".join(letters)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()

from __future__ import annotations

from django.db import models


class LockState(models.TextChoices):
    LOCKED = "锁定", "锁定"
    LIFTED = "解除", "解除"

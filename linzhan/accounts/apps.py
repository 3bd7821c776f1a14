from __future__ import annotations

from linzhan.kernel import discovery


class AccountsConfig(discovery.LinzhanAppConfig):
    name = "linzhan.accounts"
    verbose_name = "账号与任职"

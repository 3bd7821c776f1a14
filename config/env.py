"""What an operator may set from outside, typed, checked and documented in one place.

``linzhan settings`` prints this page's content; nothing else in the house reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent

T = TypeVar("T")


class SettingInvalid(ValueError):
    """An environment variable holds something that cannot be used; the message is Chinese."""


def _text(value: str) -> str:
    return value


def _path(value: str) -> Path:
    return Path(value).expanduser().resolve()


def _yes_no(value: str) -> bool:
    answers = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    return answers[value.strip().lower()]


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise ValueError
    return number


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def _database_url(value: str) -> str:
    if urlsplit(value).scheme not in ("postgres", "postgresql"):
        raise ValueError
    return value


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    return value.rstrip("/")


def variable(
    name: str, default: T, read: Callable[[str], T], doc: str, *, form: str = "", hidden: bool = False
) -> T:
    """A field of ``Environment``: the variable's name, its reader, and its page in the documentation.

    ``hidden`` values are secrets and never printed.
    """
    metadata = {"name": name, "read": read, "doc": doc, "form": form, "hidden": hidden}
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """Every environment variable that the platform reads."""

    data: Path = variable(
        "LINZHAN_DATA",
        BASE_DIR / "var",
        _path,
        "数据目录：内置数据库、上传文件、数据湖和密钥都在其中。换一个目录就是另一套空的系统。",
        form="目录",
    )
    database_url: str = variable(
        "DATABASE_URL",
        "",
        _database_url,
        "外部 PostgreSQL（15 以上）的地址，账户须为库的所有者。不设则使用内置数据库。",
        form="postgresql://账户:密码@主机:端口/库",
        hidden=True,
    )
    app_database_url: str = variable(
        "LINZHAN_APP_DATABASE_URL",
        "",
        _database_url,
        "外部数据库的应用账户地址，该账户不得为所有者或超级用户。不设则由所有者创建 linzhan_app。",
        form="postgresql://账户:密码@主机:端口/库",
        hidden=True,
    )
    public_url: str = variable(
        "LINZHAN_PUBLIC_URL",
        "",
        _public_url,
        "对外网址。设置后按正式部署运行：只接受该域名，https 网址使用安全 Cookie 与 HSTS。",
        form="https://域名",
    )
    hosts: tuple[str, ...] = variable(
        "LINZHAN_HOSTS", (), _list, "除本机和对外网址外还接受的主机名，用于局域网试用。", form="逗号分隔"
    )
    behind_proxy: bool = variable(
        "LINZHAN_BEHIND_PROXY",
        default=False,
        read=_yes_no,
        doc="前面有反向代理时设为 1：信任它给出的 X-Forwarded-Proto 和 X-Forwarded-For。没有代理时不要设置。",
        form="1 或 0",
    )
    secret_key: str = variable(
        "LINZHAN_SECRET_KEY", "", _text, "会话签名密钥。不设则用数据目录 keys/ 中自动生成的。", hidden=True
    )
    field_key: str = variable(
        "LINZHAN_FIELD_KEY",
        "",
        _text,
        "敏感字段加密的主密钥。不设则用数据目录 keys/fields.key；丢失后敏感字段无法恢复，请另行备份。",
        hidden=True,
    )
    idle_minutes: int = variable(
        "LINZHAN_IDLE_MINUTES", 15, _count, "无操作多少分钟后自动退出登录。", form="分钟"
    )
    upload_mb: int = variable("LINZHAN_UPLOAD_MB", 50, _count, "单个上传文件的大小上限。", form="MB")
    sync_places: int = variable(
        "LINZHAN_SYNC_PLACES",
        2 if (os.cpu_count() or 1) >= 8 else 1,
        _count,
        "每个网页服务进程同时接待几部手机同步，不设则为 1，八个以上处理器为 2；更多的手机会收到“平台正忙”"
        "和再来的时间，记录留在手机里。每个进程共四个线程，要留给网页，不宜超过 2。",
        form="部",
    )
    keep_days: int = variable(
        "LINZHAN_KEEP_DAYS",
        7,
        _count,
        "上传后没有导入的文件、退回的行和导出的文件保留多少天；过后由后台任务删除，其中的个人信息随之消失。",
        form="天",
    )
    log_level: str = variable(
        "LINZHAN_LOG_LEVEL", "INFO", _text, "日志级别。", form="DEBUG、INFO、WARNING 或 ERROR"
    )
    debug: bool = variable(
        "LINZHAN_DEBUG",
        default=False,
        read=_yes_no,
        doc="开发时显示出错细节。正式部署时不起作用。",
        form="1 或 0",
    )

    @property
    def is_public(self) -> bool:
        """Whether the instance is a real installation (``config.settings.prod``), not one machine's own."""
        return bool(self.public_url)

    @property
    def public_host(self) -> str:
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")


def read(environ: Mapping[str, str] | None = None) -> Environment:
    """The environment as typed values; an empty variable counts as absent.

    Raises ``SettingInvalid`` naming the variable and the form expected.
    """
    source = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    for item in fields(Environment):
        text = source.get(item.metadata["name"], "").strip()
        if not text:
            continue
        try:
            values[item.name] = item.metadata["read"](text)
        except (ValueError, KeyError) as error:
            shown = "" if item.metadata["hidden"] else f"“{text}”"
            raise SettingInvalid(
                f"环境变量 {item.metadata['name']} 的值{shown}无法使用，应为：{item.metadata['form']}。"
            ) from error
    return Environment(**values)


@dataclass(frozen=True, slots=True)
class Description:
    """One variable for the reader: its value is left out where it is a secret."""

    name: str
    form: str
    default: str
    value: str
    doc: str


def describe(environment: Environment) -> tuple[Description, ...]:
    """The documentation of every variable with its current value."""
    return tuple(
        Description(
            name=item.metadata["name"],
            form=item.metadata["form"] or "文本",
            default=_shown(item.default),
            value="（已设置）" if item.metadata["hidden"] and value else _shown(value),
            doc=item.metadata["doc"],
        )
        for item in fields(Environment)
        for value in (getattr(environment, item.name),)
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, tuple):
        return "、".join(value)
    return str(value)


def settings_module(environment: Environment) -> str:
    """The Django settings that fit: an instance with a public address is a real installation."""
    return "config.settings.prod" if environment.is_public else "config.settings.dev"


def django_database(address: str) -> dict[str, Any]:
    """A ``postgresql://`` address as one entry of Django's ``DATABASES``."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }

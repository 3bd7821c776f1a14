"""Prepares a checkout: virtual environment, locked packages, built front end, a browser for the tests.

Runs on a bare Python 3.11 with nothing installed. Each step is stamped with a hash of what it
read, after it has succeeded: an interrupted set-up resumes, a prepared checkout passes in
milliseconds. What lies in the data directory (database, reference data) is ``linzhan``'s business.

    python3 scripts/prepare.py run     what `make run` needs
    python3 scripts/prepare.py test    and what tests, checks and benchmarks need
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"  # they describe this environment and go with it
FRONTEND = ROOT / "frontend"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UV_INSTALL = ("pip", "install", "--quiet", "--compile-bytecode")
LAUNCHER = """#!{python}
import sys

sys.path.insert(0, {root!r})

from linzhan.command import run

run()
"""


def main(goal: str) -> None:
    """Bring the checkout to what ``goal`` needs."""
    if sys.version_info < OLDEST_PYTHON:
        fail(f"需要 Python 3.11 或更新版本，当前是 {sys.version.split()[0]}。")
    (ROOT / ".build").mkdir(exist_ok=True)
    with (ROOT / ".build" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once take turns
        environment()
        packages("core" if goal == "run" else "dev")
        launcher()
        front_end()
        if goal == "test":
            browser()


def environment() -> None:
    """The virtual environment; one whose interpreter has gone is made anew."""
    if (VENV / "bin" / "pip").exists() and quietly([PYTHON, "-S", "-c", ""]):
        STAMPS.mkdir(exist_ok=True)
        return
    say("建立 Python 环境 .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if not quietly([sys.executable, "-m", "venv", VENV]):
        shutil.rmtree(VENV, ignore_errors=True)
        without_ensurepip()
    STAMPS.mkdir()


def without_ensurepip() -> None:
    """Debian splits ``venv`` off Python: use the system's pip, or as root install the missing package."""
    if quietly([sys.executable, "-m", "pip", "--version"]) and quietly(
        [sys.executable, "-m", "venv", "--without-pip", VENV]
    ):
        if quietly([sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", "pip"]):
            return
        shutil.rmtree(VENV, ignore_errors=True)
    apt("python3-venv", "本机的 Python 缺少 venv 模块。请让管理员执行：apt-get install python3-venv")
    run([sys.executable, "-m", "venv", VENV], "无法建立 Python 环境。")


def packages(name: str) -> None:
    """The packages of one lock, by hash. The tests' lock contains the core's."""
    lock = ROOT / "requirements" / f"{name}.txt"
    larger = ROOT / "requirements" / "dev.txt"
    if name == "core" and is_stamped("dev", [larger]) and is_stamped("core-in-dev", [lock]):
        return
    if is_stamped(name, [lock]):
        return
    say(f"安装 Python 包（requirements/{name}.txt）")
    install(lock)
    stamp(name, [lock])
    if name == "dev":
        stamp("core-in-dev", [ROOT / "requirements" / "core.txt"])


def install(lock: Path) -> None:
    uv = shutil.which("uv")
    if uv and quietly([uv, *UV_INSTALL, "--python", PYTHON, "--require-hashes", "-r", lock]):
        return
    run(
        [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            lock,
        ],
        "Python 包安装失败，请检查网络或 pip 的镜像设置后重试。",
    )


def launcher() -> None:
    """``.venv/bin/linzhan``, which runs this checkout: no build back end is needed for that."""
    path = VENV / "bin" / "linzhan"
    text = LAUNCHER.format(python=PYTHON, root=str(ROOT))
    if not path.exists() or path.read_text() != text:
        path.write_text(text)
        path.chmod(0o755)


def front_end() -> None:
    """What ``npm ci`` and ``npm run build`` make; the division data lies among the modules."""
    if not (FRONTEND / "package.json").exists():
        return
    sources = [
        path
        for path in sorted(FRONTEND.rglob("*"))
        if path.is_file() and not {"node_modules", "dist"} & set(path.relative_to(FRONTEND).parts)
    ]
    locks = [FRONTEND / "package.json", FRONTEND / "package-lock.json"]
    has_modules = (FRONTEND / "node_modules").is_dir() and is_stamped("npm", locks)
    if has_modules and (FRONTEND / "dist").is_dir() and is_stamped("front", sources):
        return
    npm = node()
    if not has_modules:
        say("安装前端依赖（npm ci）")
        run(
            [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
            "前端依赖安装失败，请检查网络后重试。",
            FRONTEND,
        )
        stamp("npm", locks)
    say("构建前端")
    run([*npm, "run", "--silent", "build"], "前端构建失败。", FRONTEND)
    stamp("front", sources)


def node() -> list[str]:
    """How to call npm: the machine's own if its node is new enough, else the one from a Python wheel."""
    if shutil.which("npm") and node_version() >= OLDEST_NODE:
        return ["npm"]
    packages("front")
    os.environ["PATH"] = (
        f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"  # npm's scripts look for node there
    )
    return [str(VENV / "bin" / "npm")]


def node_version() -> int:
    try:
        answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
        return int(answer.lstrip("v").partition(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def browser() -> None:
    """A Chromium for the browser tests and a Chinese font to see; as root from Debian, else from who has one."""
    if not any(shutil.which(name) for name in BROWSERS):
        apt(
            "chromium", "浏览器测试需要 Chromium。请让管理员执行：apt-get install chromium fonts-wqy-microhei"
        )
    if shutil.which("fc-list") and not has_chinese_font():
        apt(
            "fonts-wqy-microhei",
            "浏览器测试的截图需要中文字体。请让管理员执行：apt-get install fonts-wqy-microhei",
        )


def has_chinese_font() -> bool:
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def apt(package: str, otherwise: str) -> None:
    """Install a Debian package when we may; else say in one sentence what somebody else must do."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail(otherwise)
    say(f"安装 {package}（apt）")
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
    if not quietly(command):
        quietly(["apt-get", "update", "-qq"])
        run(command, otherwise)


def is_stamped(name: str, inputs: Sequence[Path]) -> bool:
    path = STAMPS / name
    return path.exists() and path.read_text() == fingerprint(inputs)


def stamp(name: str, inputs: Sequence[Path]) -> None:
    (STAMPS / name).write_text(fingerprint(inputs))


def fingerprint(paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.exists():
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def quietly(command: Sequence[str | Path]) -> bool:
    """Run; whether it succeeded."""
    return (
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        == 0
    )


def run(command: Sequence[str | Path], otherwise: str, directory: Path = ROOT) -> None:
    """Run a command whose own messages are shown; end with ``otherwise`` when it fails."""
    began = time.monotonic()
    if subprocess.run(command, cwd=directory, stdout=sys.stderr, check=False).returncode:
        fail(otherwise)
    say(f"    完成，{time.monotonic() - began:.1f} 秒")


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def fail(message: str) -> NoReturn:
    say(message)
    sys.exit(1)


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ("run", "test"):
        fail("用法：python3 scripts/prepare.py run|test")
    main(sys.argv[1])

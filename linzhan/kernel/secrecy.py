"""Encryption of single fields, and the index by which an encrypted field is still found.

A sealed field is one byte of format, four bytes that name the key, a nonce of 12 bytes, the
ciphertext and its 16-byte tag. The key is named by a fingerprint, so that the wrong key file is
told from a damaged field. Nonces are random: rotate before one key has sealed 2³² fields.

The key file ``$LINZHAN_DATA/keys/fields.key`` is text. In its simplest form, the one made by
itself, it is one line: a random secret. All that may stand in it, line by line:

    # a comment
    hash SM3              (first line only) HMAC and derivation by SM3; SHA-256 where it is missing
    cipher SM4-GCM        the cipher of the secrets below it; AES-256-GCM where it is missing
    <secret>              32 or more characters; the last one seals, all of them open

The keys themselves are derived from the secrets (HKDF), one for each purpose. The first secret also
feeds the blind index: :func:`rotate` adds a secret at the end and never removes one.
Source: ``domain.md`` §19.5 (AES-GCM, SM4 and SM3 as options, rotation).
"""

from __future__ import annotations

import fcntl
import hmac
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from linzhan.kernel import keys

AES: Final = "AES-256-GCM"
SM4: Final = "SM4-GCM"
SHA256: Final = "SHA-256"
SM3: Final = "SM3"

_FORMAT: Final = b"\x01"
_ID_BYTES: Final = 4
_HEADER: Final = 1 + _ID_BYTES
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16
_SHORTEST_SECRET: Final = 32
_CHECKOUT: Final = Path(__file__).resolve().parents[2]


class SecrecyFault(RuntimeError):
    """A field cannot be sealed or opened; the message is Chinese and holds nothing secret."""


class KeyFileFault(SecrecyFault):
    """The key file cannot be used as it stands."""


class WrongKey(SecrecyFault):
    """The field was sealed by a key that is not in the key file."""


class Damaged(SecrecyFault):
    """The field is not what was sealed: cut short, altered, or no sealed field at all."""


class _Seal(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class _SM4GCM:
    """SM4-GCM with the face of ``AESGCM``, which the library lacks."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        encryptor = Cipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        body, tag = data[:-_TAG_BYTES], data[-_TAG_BYTES:]
        decryptor = Cipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(body) + decryptor.finalize()


_CIPHERS: Final[dict[str, tuple[int, Callable[[bytes], _Seal]]]] = {AES: (32, AESGCM), SM4: (16, _SM4GCM)}
_HASHES: Final[dict[str, Callable[[], hashes.HashAlgorithm]]] = {SHA256: hashes.SHA256, SM3: hashes.SM3}


@dataclass(frozen=True, slots=True)
class _Key:
    header: bytes
    seal: _Seal


class KeyRing:
    """The keys of one instance: the newest seals, every one opens, the first feeds the index."""

    def __init__(self, ring_text: str) -> None:
        """Read the text of a key file; :class:`KeyFileFault` names the line that is wrong."""
        self._digest, entries = _parsed(ring_text)
        found = [_key(secret, cipher, self._digest) for cipher, secret in entries]
        self._current = found[-1]
        self._keys = {key.header: key for key in found}
        self._index_key = _derived(entries[0][1], "blind index", 32, self._digest)

    @classmethod
    def load(cls, path: Path) -> KeyRing:
        """The ring in the file at ``path``, which nobody but its owner may read."""
        if path.stat().st_mode & 0o077:
            raise KeyFileFault(f"密钥文件 {path} 允许他人读取，请执行 chmod 600 {path} 后重试")
        return cls(path.read_text(encoding="ascii", errors="replace"))

    def seal(self, text: str) -> bytes:
        """``text`` encrypted; sealing it again gives other bytes."""
        nonce = os.urandom(_NONCE_BYTES)
        header = self._current.header
        return header + nonce + self._current.seal.encrypt(nonce, text.encode(), header)

    def open_sealed(self, sealed: bytes) -> str:
        """The text that was sealed. :class:`WrongKey` or :class:`Damaged` where that is not possible."""
        if len(sealed) < _HEADER + _NONCE_BYTES + _TAG_BYTES or not sealed.startswith(_FORMAT):
            raise Damaged("加密字段的格式不对，内容可能已损坏；请从备份中恢复该字段")
        header, nonce = sealed[:_HEADER], sealed[_HEADER : _HEADER + _NONCE_BYTES]
        if header not in self._keys:
            raise WrongKey(
                f"该字段由编号 {header[1:].hex()} 的密钥加密，密钥文件中没有这把密钥；请恢复原来的密钥文件"
            )
        try:
            opened = self._keys[header].seal.decrypt(nonce, sealed[_HEADER + _NONCE_BYTES :], header)
        except InvalidTag:
            raise Damaged(
                "加密字段未通过完整性校验，内容可能被改动；请核查数据库并从备份中恢复该字段"
            ) from None
        return opened.decode()

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it; a field for which this is false is due to be sealed again."""
        return sealed[:_HEADER] == self._current.header

    def blind_index(self, text: str) -> str:
        """64 hexadecimal digits, the same for the same text; they tell nothing without the key."""
        if self._digest == SHA256:
            return hmac.digest(self._index_key, text.encode(), "sha256").hex()
        keyed = HMAC(self._index_key, _HASHES[self._digest]())
        keyed.update(text.encode())
        return keyed.finalize().hex()


def rotate(path: Path, *, cipher: str = AES) -> None:
    """Add a new secret to the key file, by which everything is sealed from now on.

    What older keys sealed stays readable. Running processes take the file up when they meet a key
    they do not know. Two rotations at once wait for each other.
    """
    if cipher not in _CIPHERS:
        raise KeyFileFault(f"不支持算法 {cipher}，可用：{'、'.join(_CIPHERS)}")
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        text = path.read_text(encoding="ascii").rstrip("\n")
        KeyRing(text)
        _replace(path, f"{text}\ncipher {cipher}\n{secrets.token_urlsafe(48)}\n")


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _parsed(text: str) -> tuple[str, list[tuple[str, str]]]:
    digest, cipher = SHA256, AES
    entries: list[tuple[str, str]] = []
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        word, _, value = line.partition(" ")
        if not line or line.startswith("#"):
            continue
        if word == "hash" and value in _HASHES and not entries:
            digest = value
        elif word == "cipher" and value in _CIPHERS:
            cipher = value
        elif value or len(word) < _SHORTEST_SECRET:
            raise KeyFileFault(f"密钥文件第 {number} 行无法使用：应为 cipher、hash 或不少于 32 个字符的密钥")
        else:
            entries.append((cipher, word))
    if not entries:
        raise KeyFileFault("密钥文件里没有密钥；请从备份中恢复该文件")
    return digest, entries


def _derived(secret: str, purpose: str, length: int, digest: str) -> bytes:
    info = f"linzhan fields: {purpose}".encode()
    return HKDF(algorithm=_HASHES[digest](), length=length, salt=None, info=info).derive(secret.encode())


def _key(secret: str, cipher: str, digest: str) -> _Key:
    length, make = _CIPHERS[cipher]
    fingerprint = _derived(secret, f"name of {cipher}", _ID_BYTES, digest)
    return _Key(_FORMAT + fingerprint, make(_derived(secret, cipher, length, digest)))


_state_lock = threading.Lock()
_in_use: KeyRing | None = None


def use(ring: KeyRing | None) -> None:
    """Make ``ring`` the one this process seals and opens with; None: read it anew when next needed."""
    global _in_use  # noqa: PLW0603 - one ring a process, behind the functions below
    with _state_lock:
        _in_use = ring


def ring() -> KeyRing:
    """The ring of this process: ``LINZHAN_FIELD_KEY``, else the key file, made if absent."""
    if _in_use is None:
        use(_from_surroundings())
    return _in_use or _from_surroundings()


def _from_surroundings() -> KeyRing:
    if text := os.environ.get("LINZHAN_FIELD_KEY"):
        return KeyRing(text)
    directory = Path(os.environ.get("LINZHAN_DATA") or _CHECKOUT / "var").expanduser() / "keys"
    keys.secret(directory, keys.FIELDS)
    return KeyRing.load(directory / keys.FIELDS)


def seal(text: str) -> bytes:
    """``text`` encrypted for storage in a column of bytes."""
    return ring().seal(text)


def open_sealed(sealed: bytes | memoryview) -> str:
    """The text of a sealed column. :class:`WrongKey` or :class:`Damaged` where that is not possible."""
    try:
        return ring().open_sealed(bytes(sealed))
    except WrongKey:
        use(None)  # another process may have rotated the keys
        return ring().open_sealed(bytes(sealed))


def blind_index(text: str) -> str:
    """What an equality search looks for in place of ``text``; normalise the text first."""
    return ring().blind_index(text)

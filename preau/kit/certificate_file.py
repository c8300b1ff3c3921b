"""Certificates as files: signed by a site, checked by anyone with its public key, without the site.

A file is a JSON object: ``certificate`` (what it says), ``key`` (the fingerprint of the public
key), ``signature`` (Ed25519, RFC 8032, in Base64) and, once it was taken back, ``revoked_at``.
Signed are the bytes of ``certificate`` in canonical JSON: UTF-8, names in order, no spaces, as
RFC 8785 has it for texts, whole numbers, lists and objects. There is nothing else in it.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from preau.kit.errors import PreauError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = "preau-certificate/1"
_LARGEST = 1_000_000  # bytes of a file or of keys
_PUBLIC = re.compile(rb"-----BEGIN PUBLIC KEY-----.+?-----END PUBLIC KEY-----\s*", re.DOTALL)
_FIELDS = {"certificate": dict, "key": str, "signature": str, "revoked_at": str}


class CertificateError(PreauError):
    """A file that is no certificate, or whose signature does not hold."""


@dataclass(frozen=True)
class Certificate:
    """What a file says, once its signature was found to hold.

    ``revoked_at`` stands outside what is signed, and is empty while nobody took it back.
    """

    says: Mapping[str, Any]
    key: str
    revoked_at: str = ""


def canonical(says: Mapping[str, Any]) -> bytes:
    """The bytes that are signed. Raises ``ValueError`` for what has none."""
    text = json.dumps(
        says, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )
    return text.encode()


def new_key() -> bytes:
    """A private key as PEM, to be kept secret."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def public_key(private: bytes) -> str:
    """The public half of a private key, as PEM. Raises ``CertificateError`` for no such key."""
    from cryptography.hazmat.primitives import serialization

    half = _private(private).public_key()
    pem: bytes = half.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode()


def sign(content: bytes, private: bytes) -> str:
    """The signature over the bytes of ``canonical``, in Base64."""
    return base64.b64encode(_private(private).sign(content)).decode()


def fingerprint(public: str) -> str:
    """Thirty-two hexadecimal digits that tell a public key (PEM) from any other."""
    return _fingerprint(next(_keys_in(public.encode())))


def checked(file: bytes, keys: bytes) -> Certificate:
    """What the file says, if one of the public keys (PEM, one or several) signed exactly that.

    Raises ``CertificateError`` that says what is wrong.
    """
    from cryptography.exceptions import InvalidSignature

    data = _read(file)
    known = {_fingerprint(key): key for key in _keys_in(keys)}
    if not known:
        raise CertificateError("There is no Ed25519 public key (PEM) among the keys.")
    if data["key"] not in known:
        raise CertificateError(
            f"It names the key {data['key'][:64]!r}, which is none of {', '.join(known)}: "
            "take the public keys of the site that issued it."
        )
    try:
        signature = base64.b64decode(data["signature"], validate=True)
        known[data["key"]].verify(signature, canonical(data["certificate"]))
    except (binascii.Error, ValueError, InvalidSignature, RecursionError) as error:
        raise CertificateError(
            "The signature does not hold: what it says was changed, or this key never signed it."
        ) from error
    return Certificate(data["certificate"], data["key"], data.get("revoked_at", ""))


def _read(file: bytes) -> dict[str, Any]:
    """The file's object, its fields there and of their types. Every name may stand once only:

    of two, one reader would show the first and another the last.
    """
    if len(file) > _LARGEST:
        raise CertificateError("It is no certificate: it has more than a million bytes.")
    try:
        data = json.loads(
            file.decode(), object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse
        )
    except (ValueError, RecursionError) as error:
        raise CertificateError(f"It is no certificate: {str(error)[:200]}") from error
    if not isinstance(data, dict) or not {"certificate", "key", "signature"} <= set(data):
        raise CertificateError("It is no certificate: certificate, key or signature is missing.")
    for name, value in data.items():
        if name not in _FIELDS or not isinstance(value, _FIELDS[name]):
            raise CertificateError(f"It is no certificate: {name[:64]!r} has no place there.")
    says = data["certificate"]
    if says.get("format") != FORMAT:
        raise CertificateError(f"It is no certificate of the format {FORMAT}.")
    title = says["course"].get("title") if isinstance(says.get("course"), dict) else None
    texts = [says.get(name) for name in ("name", "site", "address", "issued_at")]
    texts += list(title.values()) if isinstance(title, dict) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise CertificateError("It is no certificate: it does not say whose and for what.")
    return data


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands there twice")
    return found


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is no whole number")


def _private(private: bytes) -> Any:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        key = serialization.load_pem_private_key(private, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CertificateError("It is no private key (PEM).") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CertificateError("It is no private key for Ed25519.")
    return key


def _keys_in(pem: bytes) -> "Iterator[Ed25519PublicKey]":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    for block in _PUBLIC.findall(pem[:_LARGEST]):
        try:
            key = serialization.load_pem_public_key(block)
        except (ValueError, UnsupportedAlgorithm) as error:
            raise CertificateError("One of the keys can't be read: it was changed.") from error
        if isinstance(key, Ed25519PublicKey):
            yield key


def _fingerprint(key: "Ed25519PublicKey") -> str:
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()[:32]

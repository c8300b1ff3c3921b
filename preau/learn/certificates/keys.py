"""The key that signs the site's certificates: made at first need, in a file of its own."""

import logging
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from preau.kit.certificate_file import fingerprint, new_key, public_key, sign
from preau.kit.errors import PreauError
from preau.learn.certificates.models import PublicKey

logger = logging.getLogger(__name__)
FILE = "certificate-key.pem"  # beside secrets.toml, and as secret


@dataclass(frozen=True)
class SiteKey:
    """The private key with the row of its public half."""

    private: bytes
    public: PublicKey

    def sign(self, content: bytes) -> str:
        """The signature over canonical JSON, in Base64."""
        return sign(content, self.private)


def site_key() -> SiteKey:
    """The site's key. Raises ``PreauError`` or ``OSError`` when it can't be used or kept."""
    path = Path(settings.SITE_FOLDER) / FILE
    if not path.exists():
        _make(path)
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise PreauError(f"{path} can be read by others (mode {mode:04o}); run: chmod 600 {path}")
    private = path.read_bytes()
    pem = public_key(private)
    row, _new = PublicKey.objects.get_or_create(fingerprint=fingerprint(pem), defaults={"pem": pem})
    return SiteKey(private, row)


def _make(path: Path) -> None:
    """Whole and for its owner only, or not at all; of several that make one at once, one stays."""
    own = path.with_name(f".{FILE}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(new_key())
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(own)
    except FileExistsError:
        return
    finally:
        own.unlink()
    if PublicKey.objects.exists():
        logger.warning("%s was not there: certificates have a new key from now on.", path)

"""People's photos: what is sent is never kept, only a clean square redrawn from it."""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from PIL.Image import Transpose

SIDE = 256  # pixels
_FORMATS = ("JPEG", "PNG", "WEBP")

# What one upload may take of a worker's memory: measured, 160 MB at the very most.
#
# A telephone's photo is a JPEG whose planes are interleaved: it is drawn at an eighth of its
# size while it is read, so 50 million pixels, the most that telephones make in their everyday
# modes, take 8 MB. Other images are held whole: a JPEG in several scans (up to 8 bytes a
# pixel), a PNG (12) and a WebP (20). A photo of that many pixels in a PNG is beyond
# ``limits.photo_megabytes`` anyway; a screenshot has 5 million.
_MOST_PIXELS = 50_000_000
_MOST_HELD = {"JPEG": 16_000_000, "MPO": 16_000_000, "PNG": 12_500_000, "WEBP": 8_000_000}

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


def read_photo(sent: UploadedFile) -> bytes:
    """The square WebP of an uploaded image, without its metadata.

    Raises ``ValidationError`` for a file too large, one that is no JPEG, PNG or WebP whatever
    its name says, and one that would unpack to more pixels than can be held.
    """
    size, limit = sent.size or 0, settings.PHOTO_BYTES
    if size > limit:
        raise forms.ValidationError(
            _("This photo has %(size)d MB; at most %(limit)d MB are taken. Choose a smaller one.")
            % {"size": -(-size // 1_000_000), "limit": limit // 1_000_000}
        )
    try:
        with Image.open(sent, formats=_FORMATS) as image:
            width, height = image.size
            if _fits(image, sent):
                return _square(image)
    except Exception as error:  # whatever Pillow stumbles over in what somebody made up
        raise forms.ValidationError(
            _("This file is not a JPEG, PNG or WebP image that can be read. Choose another.")
        ) from error
    raise forms.ValidationError(
        _(
            "This image is %(width)d × %(height)d pixels, more than can be taken. "
            "Choose a smaller one."
        )
        % {"width": width, "height": height}
    )


def _fits(image: Image.Image, file: UploadedFile) -> bool:
    """Whether decoding stays within bounds, by the header; lets a JPEG be decoded smaller."""
    announced, most = image.width * image.height, _MOST_HELD[image.format or ""]
    if announced > _MOST_PIXELS:
        return False
    if image.format in {"JPEG", "MPO"}:  # MPO: a JPEG with more pictures behind the first
        if announced > most and _in_several_scans(file):
            return False
        image.draft("RGB", (SIDE * 2, SIDE * 2))
    return image.width * image.height <= most


def _in_several_scans(file: UploadedFile) -> bool:
    """Whether a JPEG's decoder must hold all of it: progressive, or one plane after another."""
    before = file.tell()
    file.seek(2)
    planes = 0
    try:
        while (marker := file.read(2)) != b"\xff\xda":  # start of the first scan
            length = int.from_bytes(file.read(2))
            if marker[:1] != b"\xff" or length < 2:
                return True  # odd between its parts: held to be the worse
            part = file.read(length - 2)
            if marker in {b"\xff\xc0", b"\xff\xc1"}:  # frames whose planes may be interleaved
                planes = part[5]
        return file.read(3)[2] < planes or not planes
    finally:
        file.seek(before)


def _square(image: Image.Image) -> bytes:
    turn = _UPRIGHT.get(_orientation(image))
    whole = image if image.mode in {"L", "RGB"} else image.convert("RGBA")
    square = ImageOps.fit(whole, (SIDE, SIDE)).convert("RGBA")
    upright = square.transpose(turn) if turn is not None else square
    # On white: what was erased may still have its colours below.
    ground = Image.new("RGBA", upright.size, "white")
    ground.alpha_composite(upright)
    buffer = io.BytesIO()
    ground.convert("RGB").save(buffer, "WEBP", quality=82)
    return buffer.getvalue()


def _orientation(image: Image.Image) -> int:
    """How the camera was held; a note that can't be read is none."""
    try:
        noted = image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001  (as above: made up, or by a sloppy program)
        return 0
    return noted if isinstance(noted, int) else 0


def photo_path(name: str) -> Path:
    """Where the photo of that name lies."""
    return Path(settings.MEDIA_ROOT) / "photos" / name


def keep_photo(whose: UUID, content: bytes) -> str:
    """Write a person's photo and return its name: a hash, so a new photo has a new name.

    Where there is no room, the ``OSError`` leaves nothing behind; ``theme.errors`` answers it.
    """
    name = f"{hashlib.sha256(whose.bytes + content).hexdigest()[:40]}.webp"
    path = photo_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write_whole(path, content)
    return name


def forget_photo(name: str) -> None:
    """Remove a photo from the disk; it is nobody else's."""
    photo_path(name).unlink(missing_ok=True)


def _write_whole(path: Path, content: bytes) -> None:
    """The file is there whole or not at all, whoever else writes it at the same time."""
    handle, part = tempfile.mkstemp(suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(part).replace(path)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise

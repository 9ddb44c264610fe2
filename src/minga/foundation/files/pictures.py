"""Pictures without what their maker left inside: place, device, dates, thumbnails, comments, hidden data.

Each is decoded and encoded again, turned as its orientation says. PNG and lossless WebP keep every pixel; JPEG
keeps its own quantisation tables and sampling, so the change stays below what can be seen.
"""

from typing import IO, Any

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, JpegImagePlugin, UnidentifiedImageError

from minga.kernel.errors import Invalid

MOST_PIXELS = 50_000_000
LARGEST_PROFILE = 128 * 1024
"""bytes of a colour profile that is kept: without it, colours would change"""
_PILLOW = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def is_picture(media_type: str) -> bool:
    """Whether this is a format that is cleaned here."""
    return media_type in _PILLOW


def clean(content: IO[bytes], media_type: str, into: IO[bytes]) -> None:
    """Write the same picture, and nothing else, into another file.

    Raises Invalid for a damaged, moving or enormous picture.
    """
    content.seek(0)
    try:
        with Image.open(content, formats=[_PILLOW[media_type]]) as picture:
            _check(picture)
            picture.load()
            options = _options(picture, content)
            upright = ImageOps.exif_transpose(picture)
            upright.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
            upright.save(into, format=_PILLOW[media_type], **options)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise _enormous() from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        if getattr(error, "errno", None):
            raise
        raise Invalid(_("La imagen está dañada. Ábrala, guárdela de nuevo y súbala.")) from error


def _check(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _enormous()
    if getattr(picture, "is_animated", False):
        raise Invalid(_("La imagen tiene movimiento. Suba una imagen fija."))


def _enormous() -> Invalid:
    return Invalid(_("La imagen tiene demasiados puntos. Redúzcala a menos de 50 megapíxeles y súbala."))


def _options(picture: Image.Image, content: IO[bytes]) -> dict[str, Any]:
    """How to encode the picture again so that it changes least."""
    profile = picture.info.get("icc_profile")
    options: dict[str, Any] = {
        "icc_profile": profile if profile and len(profile) <= LARGEST_PROFILE else None
    }
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        sampling = JpegImagePlugin.get_sampling(picture)
        options |= {"qtables": picture.quantization, "optimize": True}
        options |= {"subsampling": sampling} if sampling >= 0 else {}
    if picture.format == "WEBP":
        content.seek(0)
        lossless = b"VP8L" in content.read(4096)
        options |= {"lossless": True, "exact": True} if lossless else {"quality": 90}
    return options

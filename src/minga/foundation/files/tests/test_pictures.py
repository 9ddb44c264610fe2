"""Pictures lose what their maker left inside, and nothing that is seen."""

import io
import struct
import zlib
from typing import IO

import pytest
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from minga.foundation.files import pictures
from minga.foundation.files.tests.samples import JPEG, PNG, WEBP, drawing, encoded
from minga.kernel.errors import Invalid

SECRET = b"Quito, casa de Ana"
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[DESCRIPTION] = SECRET.decode()
    data[ORIENTATION] = orientation
    data[GPS] = {1: "S", 2: (0.0, 10.0, 46.0)}
    return data


def cleaned(content: bytes, media_type: str) -> bytes:
    out: IO[bytes] = io.BytesIO()
    pictures.clean(io.BytesIO(content), media_type, out)
    out.seek(0)
    return out.read()


def difference(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any colour of any pixel."""
    bands = ImageChops.difference(one, other).split()
    return max(int(band.getextrema()[1]) for band in bands)  # type: ignore[arg-type]


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("media_type", "options"),
    [
        (JPEG, {"exif": exif(), "comment": SECRET, "quality": 85}),
        (PNG, {"exif": exif()}),
        (WEBP, {"exif": exif(), "xmp": SECRET, "lossless": True}),
        (WEBP, {"exif": exif(), "xmp": SECRET, "quality": 80}),
    ],
)
def test_metadata_and_what_is_appended_go(media_type, options):
    original = encoded(drawing(), media_type[6:], **options) + SECRET
    assert SECRET in original
    result = cleaned(original, media_type)
    assert SECRET not in result
    assert not opened(result).getexif()
    assert not {"exif", "xmp", "comment", "XML:com.adobe.xmp"} & set(opened(result).info)


def test_text_inside_a_png_goes():
    notes = PngInfo()
    notes.add_text("Author", SECRET.decode())
    notes.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=False)
    original = encoded(drawing(), "PNG", pnginfo=notes)
    assert SECRET in original
    assert SECRET not in cleaned(original, PNG)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_keeps_every_pixel(mode):
    picture = drawing(mode="L").convert("I;16") if mode == "I;16" else drawing(mode=mode)
    result = opened(cleaned(encoded(picture, "PNG"), PNG))
    assert result.mode == picture.mode
    assert result.tobytes() == picture.tobytes()


def test_a_png_keeps_its_transparent_colour():
    result = opened(cleaned(encoded(drawing(mode="P"), "PNG", transparency=3), PNG))
    assert result.info["transparency"] == 3


def test_a_lossless_webp_keeps_every_pixel():
    picture = drawing(mode="RGBA")
    picture.putalpha(0)
    result = opened(cleaned(encoded(picture, "WEBP", lossless=True, exact=True), WEBP))
    assert result.tobytes() == picture.tobytes()


def test_a_jpeg_changes_less_than_can_be_seen_and_keeps_its_tables():
    original = encoded(drawing(200, 120), "JPEG", quality=88, subsampling=0)
    before, after = opened(original), opened(cleaned(original, JPEG))
    assert before.quantization == after.quantization  # type: ignore[attr-defined]
    assert difference(before.convert("RGB"), after.convert("RGB")) <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("media_type", "options"), [(PNG, {}), (WEBP, {"lossless": True}), (JPEG, {"quality": 95})]
)
def test_a_picture_is_turned_as_its_orientation_says(orientation, media_type, options):
    turned = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}.get(orientation)
    picture = drawing()
    expected = picture if turned is None else picture.transpose(Image.Transpose(turned))
    result = opened(cleaned(encoded(picture, media_type[6:], exif=exif(orientation), **options), media_type))
    assert result.size == expected.size
    assert difference(result.convert("RGB"), expected) <= (60 if media_type == JPEG else 0)


def test_a_colour_profile_stays_unless_it_is_enormous():
    small, large = b"p" * 500, b"p" * 500_000
    assert opened(cleaned(encoded(drawing(), "PNG", icc_profile=small), PNG)).info["icc_profile"] == small
    assert "icc_profile" not in opened(cleaned(encoded(drawing(), "PNG", icc_profile=large), PNG)).info


def test_a_cmyk_jpeg_keeps_its_colours():
    original = encoded(drawing(mode="CMYK"), "JPEG", quality=95)
    before, after = opened(original), opened(cleaned(original, JPEG))
    assert after.mode == "CMYK"
    assert difference(before, after) <= 8


@pytest.mark.parametrize("media_type", [JPEG, PNG, WEBP])
def test_a_damaged_picture_is_refused_in_words(media_type):
    whole = encoded(drawing(300, 300), media_type[6:])
    for content in (whole[: len(whole) // 2], whole[:20], b"", b"GIF89a"):
        with pytest.raises(Invalid, match="dañada"):
            cleaned(content, media_type)


def claiming(width: int, height: int) -> bytes:
    """A tiny PNG whose header says that it is this large."""
    content = bytearray(encoded(Image.new("1", (1, 1)), "PNG"))
    content[16:24] = struct.pack("!II", width, height)
    content[29:33] = struct.pack("!I", zlib.crc32(content[12:29]))
    return bytes(content)


@pytest.mark.parametrize(("width", "height"), [(10_000, 5_001), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_an_enormous_picture_is_refused_before_it_is_unpacked(width, height):
    with pytest.raises(Invalid, match="megapíxeles"):
        cleaned(claiming(width, height), PNG)


@pytest.mark.parametrize(("media_type", "format"), [(PNG, "PNG"), (WEBP, "WEBP")])
def test_a_moving_picture_is_refused_in_words(media_type, format):
    frames = [drawing(), drawing().rotate(90)]
    moving = encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=100)
    with pytest.raises(Invalid, match="movimiento"):
        cleaned(moving, media_type)

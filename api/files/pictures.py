"""Pictures are decoded and written anew: what is kept was made here, and holds nothing but what is seen.

Runs in the process that looks at one file (`checking.py`), never in the API's or a worker's own.
"""

from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from domain.shared.files.errors import FileNotReadable, PictureTooLarge
from domain.shared.files.kinds import FileKind

LONGEST_SIDE = 2_560
# Pillow's own bound is one for all formats; ours is looked at before anything is decoded.
Image.MAX_IMAGE_PIXELS = None
MOST_PIXELS = {FileKind.JPEG: 64_000_000, FileKind.PNG: 16_000_000, FileKind.WEBP: 12_000_000}
"""A JPEG may be larger: it is decoded at a half, a quarter or an eighth."""
QUALITY = 88
_WHITE = (255, 255, 255)


def write_anew(sent: Path, kind: FileKind, made: Path) -> None:
    """A JPEG of what `sent` shows, upright, at most LONGEST_SIDE wide and high; no EXIF, no place, no colour profile.

    How large it is, it says itself; beyond the bound nothing is decoded (PictureTooLarge).
    """
    try:
        with Image.open(sent, formats=[kind.value]) as picture:
            pixels = picture.width * picture.height
            if pixels > MOST_PIXELS[kind]:
                raise PictureTooLarge(pixels, MOST_PIXELS[kind])
            # For a JPEG alone: the decoder gives it smaller, and never needs the memory of the whole.
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(picture)
            _flat(upright).save(made, "JPEG", quality=QUALITY, exif=b"", icc_profile=None)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        raise FileNotReadable from None


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency: on white."""
    if picture.mode == "RGB":
        return _bare(picture)
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return _bare(picture.convert("RGB"))
    seen = picture.convert("RGBA")
    flat = Image.new("RGB", seen.size, _WHITE)
    flat.paste(seen, mask=seen.getchannel("A"))
    return flat


def _bare(picture: Image.Image) -> Image.Image:
    """Without what came along beside the pixels: comments, thumbnails, resolutions."""
    picture.info = {}
    return picture

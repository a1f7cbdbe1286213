"""Whether a thumbnail shows the picture that it travels with: editors often leave the one from before."""

from __future__ import annotations

from typing import cast

from PIL import Image, ImageChops, ImageOps

_GRID = 16
_UNLIKE = 48  # of 255, the mean of a sixteenth by a sixteenth of the picture
_LETTERBOX = 0.04


def differs(picture: Image.Image, thumbnail: Image.Image) -> bool:
    """Compare both as grids of grey; a thumbnail with bars above and below is compared without them."""
    large, small = picture.convert("L"), _unframed(thumbnail.convert("L"), picture.width / picture.height)
    grids = [ImageOps.autocontrast(one.resize((_GRID, _GRID), Image.Resampling.BOX)) for one in (large, small)]
    plain = [one.resize((_GRID, _GRID), Image.Resampling.BOX) for one in (large, small)]
    # Either as it is or after stretching the tones, for the two may have been developed differently.
    return all(_greatest(*pair) > _UNLIKE for pair in (grids, plain))


def _greatest(one: Image.Image, other: Image.Image) -> int:
    _, greatest = cast(tuple[int, int], ImageChops.difference(one, other).getextrema())
    return greatest


def _unframed(thumbnail: Image.Image, ratio: float) -> Image.Image:
    """The middle of the thumbnail in the picture's proportions (cameras put 3:2 into 4:3)."""
    width, height = thumbnail.size
    if abs(width / height - ratio) < _LETTERBOX * ratio:
        return thumbnail
    wide, high = (width, width / ratio) if width / height < ratio else (height * ratio, height)
    left, top = (width - wide) / 2, (height - high) / 2
    box = round(left), round(top), max(round(left) + 1, round(left + wide)), max(round(top) + 1, round(top + high))
    return thumbnail.crop(box)

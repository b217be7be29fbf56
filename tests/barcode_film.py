"""A film for a browser's fake camera: a hand holds a packet's barcode, not quite straight and not quite still."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from coach_film import write_y4m

Picture = npt.NDArray[np.uint8]

FPS: Final = 10
SIZE: Final = (640, 480)
MODULE_PX: Final = 3
QUIET: Final = 11  # modules of white before and after

_LEFT: Final = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")  # fmt: skip
_PARITY: Final = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")  # fmt: skip


def modules(code: str) -> str:
    """Return the 95 modules of an EAN-13, 1 where a bar is (ISO/IEC 15420)."""
    first, left, right = int(code[0]), code[1:7], code[7:]
    coded = [
        _LEFT[int(digit)] if side == "L" else _turned(_inverted(_LEFT[int(digit)]))
        for digit, side in zip(left, _PARITY[first], strict=True)
    ]
    return "101" + "".join(coded) + "01010" + "".join(_inverted(_LEFT[int(digit)]) for digit in right) + "101"


def _inverted(bits: str) -> str:
    return bits.translate(str.maketrans("01", "10"))


def _turned(bits: str) -> str:
    return bits[::-1]


def barcode_film(path: Path, code: str) -> Path:
    """Write two seconds of a barcode before a grey wall."""
    return write_y4m(path, [_picture(code, at) for at in range(2 * FPS)], FPS)


def _picture(code: str, at: int) -> Picture:
    import cv2

    bars = np.repeat(
        [0 if bit == "1" else 255 for bit in "0" * QUIET + modules(code) + "0" * QUIET], MODULE_PX
    )
    label = np.tile(bars.astype(np.uint8), (150, 1))
    label = np.pad(label, ((20, 40), (0, 0)), constant_values=255)
    width, height = SIZE
    grey = np.full((height, width), 150, np.uint8)
    top, left = (height - label.shape[0]) // 2, (width - label.shape[1]) // 2
    grey[top : top + label.shape[0], left : left + label.shape[1]] = label
    turn: Any = cv2.getRotationMatrix2D((width / 2, height / 2), 4 * np.sin(at / 3), 1.0)
    held = cv2.warpAffine(grey, turn, SIZE, borderValue=150)
    soft = cv2.GaussianBlur(held, (3, 3), 0.6)
    return np.repeat(np.asarray(soft, np.uint8)[:, :, None], 3, axis=2)

"""Every deliberate error about food; the tree is drawn in `openback.errors`."""

from __future__ import annotations

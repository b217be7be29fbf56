"""The built assets: where a script or style is found, and the shapes of the icons."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

STATIC: Final = Path(__file__).parent / "static"
DIST: Final = STATIC / "dist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets:
    """What the last build wrote: file names by entry, vendored folders by package, icons by name.

    Empty when nothing was built: pages then carry a line that says `make assets`.
    """

    files: Mapping[str, str] = field(default_factory=dict)
    vendor: Mapping[str, str] = field(default_factory=dict)
    icons: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> bool:
        """Whether nothing was built yet."""
        return not self.files

    def url(self, entry: str) -> str:
        """Return the address of a built entry such as `app.css`; empty when it was not built."""
        name = self.files.get(entry)
        return f"/static/dist/{name}" if name else ""

    def vendor_url(self, package: str) -> str:
        """Return the folder of a vendored package, without a slash at the end; empty when not built."""
        folder = self.vendor.get(package)
        return f"/static/dist/{folder}" if folder else ""

    def icon(self, name: str, label: str = "", css: str = "") -> Markup:
        """Return an icon as inline SVG, hidden from screen readers unless it has a label."""
        said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
        shape = Markup(self.icons.get(name, ""))  # noqa: S704 - written by our own build
        extra = f" {escape(css)}" if css else ""
        return Markup('<svg class="icon{}" viewBox="0 0 24 24" {}>{}</svg>').format(extra, said, shape)


def read_assets(dist: Path = DIST) -> Assets:
    """Return what is in a build folder; empty when there is none."""
    try:
        manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
        icons = json.loads((dist / "icons.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Assets()
    return Assets(files=manifest["files"], vendor=manifest["vendor"], icons=icons)


@dataclass(slots=True)
class Built:
    """The assets of a build folder, read anew when a build has replaced them."""

    dist: Path = DIST
    _stamp: float = -1.0
    _assets: Assets = field(default_factory=Assets)

    def now(self) -> Assets:
        """Return what the latest build wrote."""
        try:
            stamp = (self.dist / "manifest.json").stat().st_mtime
        except FileNotFoundError:
            return Assets()
        if stamp != self._stamp:
            self._assets, self._stamp = read_assets(self.dist), stamp
        return self._assets

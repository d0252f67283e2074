"""``python -m bench.editor``: fetch YASQE anew from the npm registry into ui/static/yasgui.

The version is the one named here; the published files are taken as they are, but for the line that
names a source map. Needs npm; look at the tab and run its tests afterwards.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

PACKAGE: Final = "@zazuko/yasqe@4.6.2"
FOLDER: Final = Path(__file__).parent.parent / "ui" / "static" / "yasgui"
BUNDLED: Final = (
    "@triply/yasqe", "codemirror", "lodash-es", "query-string", "store", "split-on-first",
    "strict-uri-encode", "decode-uri-component", "filter-obj", "dompurify",
)  # fmt: skip
"""Whose licences stand in the folder; Zazuko's package has no file of its own, and is Triply's."""


def main() -> None:
    """Fetch the editor with what is in it, and write its files and licences."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(  # noqa: S603 - fixed words
            ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", PACKAGE,  # noqa: S607
             "@triply/yasqe"],
            cwd=folder, check=True, stdout=sys.stderr,
        )  # fmt: skip
        modules = Path(folder) / "node_modules"
        for name in ("yasqe.min.js", "yasqe.min.css"):
            text = (modules / "@zazuko/yasqe/build" / name).read_text(encoding="utf-8")
            text = re.sub(r"\n?/[/*]# sourceMappingURL=.*", "", text)
            (FOLDER / name).write_text(text.rstrip() + "\n", encoding="utf-8")
        licences = []
        for name in BUNDLED:
            file = next(
                each for each in sorted(next(modules.glob(f"**/{name}")).iterdir())
                if re.fullmatch(r"licen[cs]e(\.\w+)?", each.name, re.I)
            )  # fmt: skip
            licences.append(f"== {name}\n\n{file.read_text(encoding='utf-8').strip()}\n")
        (FOLDER / "LICENSE.txt").write_text("\n".join(licences), encoding="utf-8")


if __name__ == "__main__":
    main()

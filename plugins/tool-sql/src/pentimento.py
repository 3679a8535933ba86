"""What plugins in Python share: whole texts, places in bytes, and exceptions that are told.

The types come from `wit_world`, which `pentimento plugin build` makes out of `plugin.toml`.
"""

import functools
import itertools
import traceback

from componentize_py_types import Err
from wit_world.imports.types import Failure, Place_TextSpan, TextSpan

# Bytes asked for at once; the host gives at most 16 MiB.
PIECE = 1 << 20


def read_text(artifact, most=4 << 20):
    """The text of an artifact, at most `most` bytes of it."""
    size = min(artifact.size(), most)
    pieces, offset = [], 0
    while offset < size:
        piece = artifact.text(offset, min(PIECE, size - offset))
        if not piece:
            break
        pieces.append(piece)
        offset += len(piece.encode())
    return "".join(pieces)


class Places:
    """Places in one text. Python counts characters, the host bytes."""

    def __init__(self, text):
        widths = () if text.isascii() else (len(letter.encode()) for letter in text)
        self._bytes = list(itertools.accumulate(widths, initial=0))

    def span(self, start, end):
        """The place of `text[start:end]`."""
        if len(self._bytes) > 1:
            start, end = self._bytes[start], self._bytes[end]
        return Place_TextSpan(TextSpan(start, end))


def failure(code, message):
    """Says that the plugin could not do its work: `raise failure("failed", "…")`."""
    return Err(Failure(code, message))


def answers(function):
    """Turns an exception into a failure that names it and its line: a plugin has no terminal."""

    @functools.wraps(function)
    def told(*arguments):
        try:
            return function(*arguments)
        except Err:
            raise
        except Exception as error:
            line = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{line.filename.rsplit('/', 1)[-1]} line {line.lineno}"
            raise failure("failed", f"{type(error).__name__} in {where}: {error}") from error

    return told

"""The three standard streams of a program: its input from a text, its output into bounded memory."""

import io

# Bytes kept of each of the two outputs; what comes later is counted and let go.
KEPT = {"stdout": 20 << 10, "stderr": 4 << 10}

# Bytes that a program may write to one of them before it is stopped.
MOST_WRITTEN = 1 << 20


class OutputLimit(BaseException):
    """The program wrote more than it may."""

    __module__ = "builtins"


class Kept(io.RawIOBase):
    """Where an output ends: the first bytes are kept, all are counted."""

    def __init__(self, name):
        self.name, self.room = name, KEPT[name]
        self.kept, self.written = bytearray(), 0

    def writable(self):
        return True

    def write(self, data):
        size = len(data)
        self.written += size
        if self.room:
            piece = bytes(data[: self.room])
            self.kept += piece
            self.room -= len(piece)
        if self.flooded:
            raise OutputLimit(f"the program wrote more than {MOST_WRITTEN >> 20} MiB to {self.name}")
        return size

    @property
    def flooded(self):
        return self.written > MOST_WRITTEN

    @property
    def is_whole(self):
        return self.written == len(self.kept)

    def text(self):
        return self.kept.decode("utf-8", "replace" if self.is_whole else "ignore")


class Output:
    """One output, as the program gets it, and what came out of it."""

    def __init__(self, name):
        self.end = Kept(name)
        self.file = io.TextIOWrapper(
            io.BufferedWriter(self.end), encoding="utf-8", errors="backslashreplace", newline="\n"
        )

    @property
    def flooded(self):
        return self.end.flooded

    def close(self):
        """Takes in what was written and not yet flushed."""
        try:
            self.file.flush()
        except (OutputLimit, ValueError):
            # Counted already; or closed by the program, which flushed it.
            pass


def input_from(text):
    data = io.BytesIO(text.encode())
    return io.TextIOWrapper(data, encoding="utf-8", newline=None)

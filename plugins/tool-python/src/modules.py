"""What a program may import, and what it is told of the rest.

All of it is imported here, when the component is made: at a call there is no file to import from.
Modules that the library itself imports late are imported here as well. `surroundings.py` comes
first: many a module takes the clock for good when it is imported.
"""

import builtins
import importlib
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter

import surroundings  # noqa: F401

NUMBERS = "cmath decimal fractions math numbers operator random statistics"
TEXTS = """
    base64 binascii codecs configparser csv difflib fnmatch hashlib hmac html html.entities
    html.parser io ipaddress json json.decoder json.encoder keyword locale pprint quopri re reprlib
    secrets shlex string string.templatelib stringprep struct textwrap token tokenize tomllib
    unicodedata uuid xml.etree.ElementTree xml.sax.saxutils zlib
"""
STRUCTURES = """
    abc annotationlib array ast bisect collections collections.abc colorsys contextlib contextvars
    copy copyreg dataclasses enum functools gc graphlib heapq itertools pickle queue types typing weakref
"""
TIMES = "calendar datetime time timeit"
PROGRAMS = """
    __future__ argparse atexit builtins dis errno getopt inspect linecache logging optparse symtable
    sys traceback unittest unittest.mock warnings
"""
ALLOWED = " ".join((NUMBERS, TEXTS, STRUCTURES, TIMES, PROGRAMS)).split()

# What the library imports only when it is needed.
LATE = """
    _colorize _opcode_metadata _pydatetime _pylong _strptime _suggestions _ast_unparse
    encodings.ascii encodings.base64_codec encodings.cp1252 encodings.cp437 encodings.hex_codec
    encodings.idna encodings.iso8859_15 encodings.latin_1 encodings.punycode
    encodings.raw_unicode_escape encodings.rot_13 encodings.unicode_escape encodings.utf_16
    encodings.utf_16_be encodings.utf_16_le encodings.utf_32 encodings.utf_32_be
    encodings.utf_32_le encodings.utf_7 encodings.utf_8 encodings.utf_8_sig
""".split()

REFUSED = {
    "files": """
        bz2 dbm fileinput filecmp glob gzip lzma mmap os os.path pathlib posix posixpath shelve
        shutil sqlite3 tarfile tempfile zipfile
    """,
    "network": """
        asyncio email ftplib http imaplib poplib requests select selectors smtplib socket
        socketserver ssl telnetlib urllib urllib3 webbrowser wsgiref xmlrpc
    """,
    "other programs": "code ctypes multiprocessing platform pty signal subprocess",
    "threads": "_thread concurrent sched threading",
    "terminal": "cmd curses getpass pdb readline termios tkinter turtle tty",
    "time zones": "zoneinfo",
    "import machinery": "imp importlib pkgutil runpy site sysconfig zipimport",
}
WHY = {name: what for what, names in REFUSED.items() for name in names.split()}

# The clock of the compiled `datetime` cannot be replaced; that of the one in Python can. Those that
# may have taken the other one, or the machine's clock, are imported anew.
sys.modules["_datetime"] = None
for _name in "_pydatetime _strptime calendar datetime logging queue timeit tomllib".split():
    sys.modules.pop(_name, None)
for _name in ALLOWED + LATE:
    importlib.import_module(_name)

# It would ask the network for the machine's address.
sys.modules["uuid"]._GETTERS = []

PACKAGES = {name.partition(".")[0] for name in ALLOWED}


def shut():
    """What is not here by now will never be: nobody is to look for it on a disk."""
    sys.path.clear()
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter]


def importer(replaced):
    """The `__import__` of programs; `replaced` has modules that they get instead."""
    original, packages, why, modules = builtins.__import__, PACKAGES, WHY, sys.modules

    def __import__(name, globals=None, locals=None, fromlist=(), level=0):
        if level == 0 and isinstance(name, str):
            package = name.partition(".")[0]
            if package == "__main__":
                return modules["__main__"]
            if name in replaced:
                return replaced[name]
            if package not in packages:
                raise refusal(name, why.get(name) or why.get(package))
        return original(name, globals, locals, fromlist, level)

    return __import__


def refusal(name, lacking):
    """Why a module cannot be imported."""
    if lacking:
        return ImportError(f"`{name}` cannot be imported: this sandbox has no {lacking}", name=name)
    reason = "this sandbox has a part of Python's standard library and nothing else"
    return ModuleNotFoundError(f"No module named '{name}': {reason}", name=name)

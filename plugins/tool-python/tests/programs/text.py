#% re-search
import re
print(re.findall(r"\d+", "3 apples, 12 pears and 7"), re.search(r"(\w+)@(\w+)\.com", "mail bob@site.com").groups())
#% re-named-groups
import re
m = re.match(r"(?P<year>\d{4})-(?P<month>\d\d)", "2024-05-17")
print(m.groupdict(), m["year"], m.span("month"), m.end())
#% re-sub
import re
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub(r"\d", lambda m: str(int(m[0]) * 2), "a1b2"), re.subn("a", "b", "aaa", count=2))
#% re-split-and-flags
import re
print(re.split(r"[,;]\s*", "a, b;c,d"), re.findall(r"^\w", "a\nb", re.M), bool(re.fullmatch("ABC", "abc", re.I)), re.split(r"(-)", "a-b"))
#% re-lookaround
import re
print(re.findall(r"(?<=\$)\d+(?:\.\d\d)?", "costs $5 or $7.50"), re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", "1234567"), re.findall(r"(a+?)b", "aaab ab"))
#% re-verbose-and-compiled
import re
number = re.compile(r"""
    [+-]?       # sign
    \d+(\.\d+)? # digits
""", re.X)
print([m.group() for m in number.finditer("+1.5 -2 x 30")], number.flags & re.X == re.X, re.escape("a.b*c"))
#% re-wrong-pattern
import re
try:
    re.compile("(a")
except re.error as error:
    print(error.pos)
#% textwrap
import textwrap
text = "The quick brown fox jumps over the lazy dog and runs away."
print(textwrap.fill(text, 20))
print(textwrap.shorten(text, 25), textwrap.dedent("  a\n    b\n"), textwrap.indent("x\ny", "> "))
#% string-module
import string
print(string.ascii_lowercase, string.digits, string.punctuation, string.capwords("a tale of two"))
print(string.Template("$who owes $$${sum}").substitute(who="Ann", sum=5))
#% string-formatter
import string
class Shout(string.Formatter):
    def format_field(self, value, spec):
        return str(value).upper() if spec == "!" else super().format_field(value, spec)
print(Shout().format("{0:!} {1:>4}", "hi", 3))
#% json-out
import json
print(json.dumps({"b": [1, 2.5, None, True], "a": {"x": "é\n"}}), json.dumps({"b": 1, "a": "é"}, sort_keys=True, indent=2, ensure_ascii=False))
print(json.dumps([1, 2], separators=(",", ":")), json.dumps(float("inf")), json.dumps({1: "a"}))
#% json-in
import json
data = json.loads('{"a": [1, 2, {"b": null}], "c": 1e3, "d": "\\u00e9", "e": 12345678901234567890}')
print(data, type(data["c"]).__name__)
try:
    json.loads('{"a": 1,}')
except json.JSONDecodeError as error:
    print(error.lineno, type(error).__mro__[1].__name__)
#% json-own-types
import json
class Encoder(json.JSONEncoder):
    def default(self, value):
        return sorted(value) if isinstance(value, set) else super().default(value)
print(json.dumps({"s": {3, 1, 2}}, cls=Encoder), json.loads("[1.5]", parse_float=str))
json.dumps(object())
#% csv
import csv, io
rows = list(csv.DictReader(io.StringIO('name,age\n"Smith, J",40\nLee,31\n')))
print(rows)
out = io.StringIO()
csv.writer(out).writerows([["a", 'q"q'], [1, "x,y"]])
print(repr(out.getvalue()))
#% difflib
import difflib
print(list(difflib.unified_diff(["a\n", "b\n"], ["a\n", "c\n"], lineterm="\n")), difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
#% encodings
import base64, binascii, hashlib
print(base64.b64encode(b"hello"), base64.b32decode("NBSWY3DP"), binascii.crc32(b"abc"), hashlib.sha256(b"abc").hexdigest()[:16], hashlib.md5(b"").hexdigest())
#% struct
import struct
print(struct.pack("<Ih", 1, -2), struct.unpack(">HB", b"\x01\x02\x03"), struct.calcsize("<qd"))
#% pretty-print
from pprint import pformat
print(pformat({"numbers": list(range(20)), "names": ["alpha", "beta", "gamma"] * 3, "deep": {"a": {"b": {"c": 1}}}}, width=60))
#% word-frequencies
import re
from collections import Counter
text = "It was the best of times, it was the worst of times"
print(Counter(re.findall(r"\w+", text.lower())).most_common(3))
#% tokens
import ast
tree = ast.parse("x = 3 * (y + 1)")
print(sorted(n.id for n in ast.walk(tree) if isinstance(n, ast.Name)), ast.literal_eval("[1, {'a': (2, 3)}]"), ast.unparse(tree))

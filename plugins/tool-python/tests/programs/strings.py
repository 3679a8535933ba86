#% reverse-words
print(" ".join(word[::-1] for word in "stressed drawer reviled".split()))
#% counting-letters
text = "the quick brown fox jumps over the lazy dog"
print(len(set(text) - {" "}), text.count("o"), text.index("fox"), text.find("cat"))
#% palindromes
for word in ("Level", "A man, a plan, a canal: Panama", "python"):
    plain = "".join(c for c in word.lower() if c.isalnum())
    print(word, plain == plain[::-1])
#% formats
print(f"{42:05d}|{3.14159:.2f}|{1234567:,}|{0.256:.1%}|{255:#x}|{'hi':>6}|{'hi':^6}|{'hi':*<6}")
print("%5.1f|%-5s|%03d|%s" % (2.25, "ab", 7, [1]))
print("{0} {1} {0} {name!r}".format(1, 2, name="x"))
#% f-string-nesting
width, value = 10, 3.14159
print(f"{value:{width}.3f}|{value=:.1f}|{'a' + 'b'!s:>4}")
#% caesar
def shift(text, by):
    out = []
    for c in text:
        if c.isalpha():
            base = ord("a") if c.islower() else ord("A")
            c = chr((ord(c) - base + by) % 26 + base)
        out.append(c)
    return "".join(out)
secret = shift("Attack at Dawn!", 3)
print(secret, shift(secret, -3))
#% unicode
s = "naïve Ærøskøbing 日本 🎈"
print(len(s), s.upper(), s.encode("utf-8")[:8], s[::-1])
print([hex(ord(c)) for c in "é€🎈"])
#% normalization
import unicodedata
a, b = "é", "e\u0301"
print(a == b, unicodedata.normalize("NFC", b) == a, len(b), unicodedata.name(a))
#% split-and-join
print("a,b,,c".split(","), " a  b ".split(), "a-b-c".rsplit("-", 1), "k=v=w".partition("="))
print("one\ntwo\r\nthree".splitlines(), ";".join(map(str, range(5))))
#% strip-and-pad
print("  x ".strip() + "|", "xxabxx".strip("x"), "7".zfill(3), "ab".ljust(4) + "|", "prefix-x".removeprefix("prefix-"))
#% translate
table = str.maketrans("abc", "xyz", "!")
print("a!b!c!d".translate(table))
#% predicates
print([s.isdigit() for s in ("12", "1.2", "²", "")], "Ab".istitle(), "a_1".isidentifier(), " \t".isspace())
#% vowels
print({v: "programming languages are fun".count(v) for v in "aeiou"})
#% roman-numerals
def roman(n):
    out = ""
    for value, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
                        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            out, n = out + sign, n - value
    return out
print([roman(n) for n in (4, 9, 14, 40, 90, 400, 1994, 2026)])
#% escapes
print(repr("tab\there 'q' \"d\" \\ \x00 \u00e9 \n"), ascii("é"))
#% bytes
b = b"hello"
print(b[0], b[1:3], b.hex(), bytes.fromhex("68690a"), bytearray(b).replace(b"l", b"L"), b.decode())
#% anagrams
words = "listen silent enlist google elgoog abc cab".split()
groups = {}
for word in words:
    groups.setdefault("".join(sorted(word)), []).append(word)
print(sorted(groups.values()))
#% longest-common-prefix
def lcp(words):
    prefix = words[0]
    for word in words[1:]:
        while not word.startswith(prefix):
            prefix = prefix[:-1]
    return prefix
print(lcp(["flower", "flow", "flight"]), repr(lcp(["dog", "car"])))

#% squares
print([x * x for x in range(10) if x % 2])
#% matrix
m = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in m] for i in range(3)], [x for row in m for x in row])
#% dictionaries
print({w: len(w) for w in "a bb ccc".split()}, {v: k for k, v in {"a": 1, "b": 2}.items()})
#% sets
print(sorted({x % 7 for x in range(0, 100, 3)}))
#% primes
print([n for n in range(2, 60) if all(n % d for d in range(2, int(n**0.5) + 1))])
#% pythagorean-triples
print([(a, b, c) for a in range(1, 20) for b in range(a, 20) for c in range(b, 26) if a * a + b * b == c * c])
#% conditional-values
print(["fizzbuzz" if n % 15 == 0 else "fizz" if n % 3 == 0 else "buzz" if n % 5 == 0 else n for n in range(1, 16)])
#% walrus
print([y for x in range(6) if (y := x * x) > 5], y)
#% generator-arguments
print(sum(x for x in range(5)), max((len(w), w) for w in ["aa", "b", "ccc"]), any(x > 3 for x in range(3)))
#% zip-and-enumerate
print([(i, a, b) for i, (a, b) in enumerate(zip("xyz", [10, 20, 30]), start=1)], dict(zip("ab", (1, 2))))
#% scope
x = "outer"
print([x for x in range(3)], x)
#% nested-functions
adders = [lambda n, k=k: n + k for k in range(3)]
late = [lambda: k for k in range(3)]
print([f(10) for f in adders], [f() for f in late])
#% transposed-strings
print(["".join(column) for column in zip(*["abc", "def", "ghi"])])
#% unpacking
first, *middle, last = range(6)
print(first, middle, last, [*"ab", *range(2)], {**{"a": 1}, "b": 2})

#% two-equations
# x + y = 35 heads, 2x + 4y = 94 legs
print([(x, 35 - x) for x in range(36) if 2 * x + 4 * (35 - x) == 94])
#% verify-an-answer
def verify(answer):
    pages = 120
    read = answer + 2 * answer
    return pages - read == 48
print([n for n in range(100) if verify(n)])
#% bisection
def root(f, low, high):
    while high - low > 1e-9:
        middle = (low + high) / 2
        if f(low) * f(middle) <= 0:
            high = middle
        else:
            low = middle
    return low
print(round(root(lambda x: x**3 - x - 2, 1, 2), 6))
#% newton
x = 1.0
for _ in range(20):
    x -= (x * x - 2) / (2 * x)
print(x)
#% knapsack
items, room = [(60, 10), (100, 20), (120, 30)], 50
best = [0] * (room + 1)
for value, weight in items:
    for r in range(room, weight - 1, -1):
        best[r] = max(best[r], best[r - weight] + value)
print(best[room])
#% edit-distance
def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]
print(distance("kitten", "sitting"), distance("", "abc"), distance("flaw", "lawn"))
#% breadth-first
from collections import deque
maze = ["S.#.", "..#.", "#..E"]
start, end = [(r, c) for mark in "SE" for r, line in enumerate(maze) for c, x in enumerate(line) if x == mark]
seen, queue = {start: 0}, deque([start])
while queue:
    r, c = queue.popleft()
    for p in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
        if 0 <= p[0] < 3 and 0 <= p[1] < 4 and maze[p[0]][p[1]] != "#" and p not in seen:
            seen[p] = seen[r, c] + 1
            queue.append(p)
print(seen[end])
#% matrix-determinant
def det(m):
    if len(m) == 1:
        return m[0][0]
    return sum((-1) ** j * m[0][j] * det([row[:j] + row[j + 1:] for row in m[1:]]) for j in range(len(m)))
print(det([[2, 0, 1], [1, 3, 2], [1, 1, 4]]), det([[1, 2], [2, 4]]))
#% sorting-by-hand
def quick(xs):
    return xs if len(xs) < 2 else quick([x for x in xs[1:] if x < xs[0]]) + [xs[0]] + quick([x for x in xs[1:] if x >= xs[0]])
def merge(xs):
    if len(xs) < 2:
        return xs
    a, b, out = merge(xs[: len(xs) // 2]), merge(xs[len(xs) // 2:]), []
    while a and b:
        out.append((a if a[0] <= b[0] else b).pop(0))
    return out + a + b
xs = [(i * 7919) % 101 for i in range(60)]
print(quick(xs) == merge(xs) == sorted(xs))
#% collatz
def length(n):
    steps = 0
    while n != 1:
        n, steps = (n // 2 if n % 2 == 0 else 3 * n + 1), steps + 1
    return steps
print(max(range(1, 1000), key=length), length(27))
#% game-of-24
from fractions import Fraction
from itertools import permutations
def solve(numbers):
    if len(numbers) == 1:
        return numbers[0][1] if numbers[0][0] == 24 else None
    for (a, x), (b, y), *rest in permutations(numbers):
        steps = [(a + b, f"({x}+{y})"), (a - b, f"({x}-{y})"), (a * b, f"({x}*{y})")]
        if b:
            steps.append((a / b, f"({x}/{y})"))
        for step in steps:
            found = solve([step, *rest])
            if found:
                return found
print(solve([(Fraction(n), str(n)) for n in (4, 6, 8, 8)]))
#% word-sorting
words = "syndrome therefrom bernet fatty deluge alabaster".split()
print(sorted(words), sorted(words, key=len))
#% life
cells = {(1, 0), (1, 1), (1, 2)}
def step(cells):
    near = {}
    for r, c in cells:
        for dr in (-1, 0, 1):
            for dc in (-1, 0, 1):
                if dr or dc:
                    near[r + dr, c + dc] = near.get((r + dr, c + dc), 0) + 1
    return {p for p, n in near.items() if n == 3 or (n == 2 and p in cells)}
print(sorted(step(cells)), step(step(cells)) == cells)
#% input-is-empty
try:
    input()
except EOFError:
    print("nothing to read")
#% main-guard
def main():
    print("as a program")
if __name__ == "__main__":
    main()
#% unit-tests
import io, unittest
class Test(unittest.TestCase):
    def test_good(self):
        self.assertEqual(1 + 1, 2)
    def test_bad(self):
        self.assertEqual(1 + 1, 3)
result = unittest.TextTestRunner(stream=io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(Test))
print(result.testsRun, len(result.failures), len(result.errors))
#% printing
import sys
print(1, "a", None, sep="-", end="!\n")
print("to stderr", file=sys.stderr)
sys.stdout.write("written\n")
print(*[1, 2], flush=True)
#% exec-and-eval
names = {}
exec("y = 2 * 21", names)
print(names["y"], eval("y + 1", names), eval("1 + 1"))
#% introspection
import inspect
def f(a, b=2, *c):
    "Says f."
    return inspect.currentframe().f_lineno
print(inspect.signature(f), f.__doc__, f(1), type(f).__name__, callable(f), dir([])[-1])
#% garbage-and-weak-references
import gc, weakref
class Node: ...
n = Node()
r = weakref.ref(n)
print(r() is n)
del n
gc.collect()
print(r())
#% bytes-io
import io
b = io.BytesIO(b"abc")
b.seek(1)
print(b.read(), io.StringIO("x\ny").readlines())
#% uncaught-deep-inside
def outer(xs):
    return [inner(x) for x in xs]
def inner(x):
    total = 0
    for k in range(3):
        total += x[k]
    return total
print(outer([[1, 2, 3]]))
print(outer([[1, 2, 3], [4, 5]]))
#% uncaught-in-the-library
import json
text = '{"a": }'
json.loads(text)

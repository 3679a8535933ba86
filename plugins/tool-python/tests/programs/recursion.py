#% fibonacci
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print([fib(n) for n in range(18)])
#% factorial
def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)
print(factorial(50))
#% hanoi
moves = []
def hanoi(n, a, b, c):
    if n:
        hanoi(n - 1, a, c, b)
        moves.append((a, c))
        hanoi(n - 1, b, a, c)
hanoi(6, "A", "B", "C")
print(len(moves), moves[:4])
#% permutations
def permutations(items):
    if not items:
        yield []
    for i, item in enumerate(items):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [item] + rest
print(["".join(p) for p in permutations(list("abc"))])
#% flatten
def flatten(x):
    return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]
print(flatten([1, [2, [3, [4, [5]]]], [], [[6]]]))
#% ackermann
def ackermann(m, n):
    if m == 0:
        return n + 1
    return ackermann(m - 1, 1 if n == 0 else ackermann(m, n - 1))
print(ackermann(2, 3), ackermann(1, 10))
#% deep
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(900))
#% deeper
import sys
sys.setrecursionlimit(6000)
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(5000))
#% mutual
def is_even(n):
    return True if n == 0 else is_odd(n - 1)
def is_odd(n):
    return False if n == 0 else is_even(n - 1)
print(is_even(100), is_odd(100), is_even(7))
#% power-set
def subsets(items):
    if not items:
        return [[]]
    rest = subsets(items[1:])
    return rest + [[items[0]] + r for r in rest]
print(subsets([1, 2, 3]))
#% cached
from functools import lru_cache
@lru_cache(maxsize=None)
def ways(n):
    return 1 if n < 2 else ways(n - 1) + ways(n - 2)
print(ways(90), ways.cache_info())
#% queens
def queens(n, row=0, columns=(), up=(), down=()):
    if row == n:
        return 1
    return sum(
        queens(n, row + 1, columns + (c,), up + (row + c,), down + (row - c,))
        for c in range(n)
        if c not in columns and row + c not in up and row - c not in down
    )
print([queens(n) for n in range(1, 7)])
#% recursion-error-caught
def forever(n):
    return forever(n + 1)
try:
    forever(0)
except RecursionError as error:
    print("caught", type(error).__name__)

#% products
from itertools import combinations, combinations_with_replacement, permutations, product
print(list(product("ab", repeat=2)), list(combinations(range(4), 2)), len(list(permutations(range(5)))), list(combinations_with_replacement("ab", 2)))
#% chains
from itertools import accumulate, chain, compress, count, cycle, islice, repeat
print(list(chain([1], "ab", chain.from_iterable([[2], [3]]))), list(accumulate([1, 2, 3, 4])), list(accumulate([3, 1, 4], max)))
print(list(islice(count(10, 5), 4)), list(islice(cycle("ab"), 5)), list(repeat(7, 3)), list(compress("abc", [1, 0, 1])))
#% groups
from itertools import groupby
print([(k, "".join(g)) for k, g in groupby("aaabccd")], [(k, len(list(g))) for k, g in groupby(sorted([3, 1, 2, 4], key=lambda n: n % 2), lambda n: n % 2)])
#% while-and-pairs
from itertools import dropwhile, filterfalse, pairwise, starmap, takewhile, tee, zip_longest
print(list(takewhile(lambda x: x < 3, range(9))), list(dropwhile(lambda x: x < 3, range(5))), list(pairwise("abc")), list(starmap(pow, [(2, 3), (3, 2)])))
a, b = tee([1, 2])
print(list(a), list(b), list(zip_longest("ab", [1], fillvalue="-")), list(filterfalse(str.isdigit, "a1b2")))
#% generators
def running_mean():
    total = count = 0
    mean = None
    while True:
        x = yield mean
        total, count = total + x, count + 1
        mean = total / count
g = running_mean()
next(g)
print([g.send(x) for x in (10, 20, 60)])
g.close()
#% yield-from
def inner():
    got = yield 1
    print("got", got)
    return "result"
def outer():
    result = yield from inner()
    yield result
g = outer()
print(next(g), g.send("x"), next(g, "end"))
#% sieve-by-generators
from itertools import count, islice
def primes():
    known = []
    for n in count(2):
        if all(n % p for p in known if p * p <= n):
            known.append(n)
            yield n
print(list(islice(primes(), 25)))
#% map-and-filter
print(list(map(lambda a, b: a * b, [1, 2, 3], [4, 5, 6])), list(filter(None, [0, 1, "", "a"])), sum(map(int, "12345")), list(reversed([1, 2])))
#% partial-and-reduce
from functools import cached_property, partial, reduce, wraps
import operator
print(reduce(operator.mul, range(1, 6)), reduce(lambda a, b: a + b, [[1], [2]], []), partial(int, base=2)("101"))
class Circle:
    def __init__(self, r):
        self.r = r
    @cached_property
    def area(self):
        print("worked out")
        return 3 * self.r**2
c = Circle(2)
print(c.area, c.area)
#% decorators
from functools import wraps
def traced(f):
    @wraps(f)
    def inner(*args, **kwargs):
        print("call", f.__name__, args, kwargs)
        return f(*args, **kwargs)
    return inner
@traced
def add(a, b=1):
    "Adds."
    return a + b
print(add(1), add(1, b=5), add.__name__, add.__doc__)
#% dispatch
from functools import singledispatch
@singledispatch
def show(x):
    return "something"
@show.register
def _(x: int):
    return "a number"
@show.register(list)
def _(x):
    return f"{len(x)} items"
print(show(1), show([1, 2]), show("x"), show(True))
#% operators
import operator as op
print(op.itemgetter(1, 0)("ab"), op.attrgetter("real")(3), op.methodcaller("upper")("x"), op.add(1, 2), op.contains([1], 1), op.floordiv(7, 2))
#% closures
def account(balance):
    def deposit(x):
        nonlocal balance
        balance += x
        return balance
    return deposit
a, b = account(10), account(100)
print(a(5), b(5), a(1))
#% arguments
def f(a, /, b, *args, c=3, **rest):
    return a, b, args, c, rest
print(f(1, 2), f(1, 2, 3, 4, c=5, d=6), f(*[1, 2], **{"z": 0}))
#% matching
def shape(x):
    match x:
        case {"kind": "circle", "r": r} if r > 0:
            return 3 * r * r
        case [a, b]:
            return a * b
        case (a, *rest):
            return sum(rest) + a
        case str() as s:
            return s.upper()
        case None | 0:
            return "nothing"
        case _:
            return "?"
print([shape(x) for x in ({"kind": "circle", "r": 2}, [3, 4], [1, 2, 3], "abc", None, 0, 4.5)])
#% async-without-a-loop
async def f():
    return 7
c = f()
try:
    c.send(None)
except StopIteration as stop:
    print(stop.value)

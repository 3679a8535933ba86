#% caught
try:
    1 / 0
except ZeroDivisionError as error:
    print("caught", error)
#% else-and-finally
def attempt(f):
    try:
        f()
    except (KeyError, IndexError) as error:
        print(type(error).__name__)
    else:
        print("fine")
    finally:
        print("done")
attempt(lambda: {}["x"])
attempt(lambda: [][0])
attempt(lambda: None)
#% uncaught-division
def mean(xs):
    return sum(xs) / len(xs)
print(mean([1, 2, 3]))
print(mean([]))
#% uncaught-in-a-lambda
table = {"a": 1}
look = lambda k: table[k]
print(look("a"))
print(look("b"))
#% uncaught-name
total = 0
for i in range(3):
    total += i
print(totl)
#% uncaught-attribute
import math
print(math.sqrt(2) > 1)
math.square(3)
#% uncaught-type
"a" + 1
#% uncaught-value
int("twelve")
#% syntax
x = 1
if x == 1
    print(x)
#% indentation
def f():
    a = 1
      b = 2
    return a
#% return-outside
x = 3
return x
#% failed-assertion
def double(x):
    return x + x
assert double(2) == 4
assert double("a") == "aa"
assert double(3) == 9, "three doubled"
#% own-exceptions
class TooCold(Exception):
    def __init__(self, degrees):
        super().__init__(f"{degrees} degrees")
        self.degrees = degrees
try:
    raise TooCold(-40)
except TooCold as error:
    print(error, error.degrees, error.args)
raise TooCold(-41)
#% chained
try:
    try:
        {}["k"]
    except KeyError as error:
        raise ValueError("no k") from error
except ValueError as error:
    print(repr(error.__cause__), error.__suppress_context__)
#% re-raised
def f():
    try:
        raise OSError("disk")
    except OSError:
        print("noticed")
        raise
f()
#% groups
try:
    raise ExceptionGroup("several", [ValueError(1), TypeError(2), ValueError(3)])
except* ValueError as group:
    print(len(group.exceptions))
except* TypeError as group:
    print(group.exceptions)
#% notes
try:
    error = ValueError("x")
    error.add_note("while testing")
    raise error
except ValueError as caught:
    print(caught.__notes__)
#% exit-with-a-number
import sys
print("before")
sys.exit(3)
print("after")
#% exit-with-a-word
raise SystemExit("no input")
#% exit-quietly
print(1)
exit()
#% base-exceptions
class Strange(BaseException): ...
try:
    raise Strange("x")
except Exception:
    print("not here")
#% in-a-generator
def numbers():
    yield 1
    yield 1 / 0
for n in numbers():
    print(n)
#% in-a-sort
sorted([1, "a", 2])
#% suppressed
from contextlib import suppress
with suppress(KeyError):
    {}["x"]
print("went on")
#% unpacking
a, b = 1, 2, 3
#% recursion-uncaught
def f(n):
    return f(n + 1)
f(0)

#% counter
class Counter:
    made = 0
    def __init__(self, start=0):
        self.n = start
        Counter.made += 1
    def up(self):
        self.n += 1
        return self
print(Counter().up().up().n, Counter(5).up().n, Counter.made)
#% inheritance
class Shape:
    def area(self):
        raise NotImplementedError
    def __repr__(self):
        return f"{type(self).__name__}({self.area()})"
class Square(Shape):
    def __init__(self, side):
        self.side = side
    def area(self):
        return self.side**2
class Cube(Square):
    def area(self):
        return 6 * super().area()
print([Square(3), Cube(2)], isinstance(Cube(1), Shape), issubclass(Square, Cube))
#% vectors
class Vector:
    def __init__(self, *xs):
        self.xs = xs
    def __add__(self, other):
        return Vector(*(a + b for a, b in zip(self.xs, other.xs)))
    def __mul__(self, k):
        return Vector(*(k * x for x in self.xs))
    __rmul__ = __mul__
    def __eq__(self, other):
        return self.xs == other.xs
    def __abs__(self):
        return sum(x * x for x in self.xs) ** 0.5
    def __repr__(self):
        return f"Vector{self.xs}"
print(Vector(1, 2) + 2 * Vector(3, 4), abs(Vector(3, 4)), Vector(1) == Vector(1))
#% properties
class Celsius:
    def __init__(self, degrees):
        self.degrees = degrees
    @property
    def fahrenheit(self):
        return self.degrees * 9 / 5 + 32
    @fahrenheit.setter
    def fahrenheit(self, value):
        self.degrees = (value - 32) * 5 / 9
t = Celsius(100)
print(t.fahrenheit)
t.fahrenheit = 32
print(t.degrees)
#% static-and-class-methods
class Date:
    def __init__(self, y, m, d):
        self.parts = y, m, d
    @classmethod
    def parse(cls, text):
        return cls(*map(int, text.split("-")))
    @staticmethod
    def is_leap(y):
        return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
print(Date.parse("2024-02-29").parts, [y for y in (1900, 2000, 2023, 2024) if Date.is_leap(y)])
#% containers
class Ring:
    def __init__(self, items):
        self.items = list(items)
    def __len__(self):
        return len(self.items)
    def __getitem__(self, i):
        return self.items[i % len(self.items)]
    def __contains__(self, x):
        return x in self.items
    def __iter__(self):
        return iter(self.items)
r = Ring("abc")
print(len(r), r[7], r[-1], "b" in r, list(r), sorted(r, reverse=True))
#% iterators
class Countdown:
    def __init__(self, n):
        self.n = n
    def __iter__(self):
        return self
    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1
print(list(Countdown(4)), sum(Countdown(100)))
#% context-managers
class Tag:
    def __init__(self, name):
        self.name = name
    def __enter__(self):
        print(f"<{self.name}>")
        return self
    def __exit__(self, kind, error, trace):
        print(f"</{self.name}>", kind and kind.__name__)
        return kind is ValueError
with Tag("a"), Tag("b"):
    print("inside")
    raise ValueError
print("after")
#% method-resolution
class A:
    def who(self):
        return ["A"]
class B(A):
    def who(self):
        return ["B"] + super().who()
class C(A):
    def who(self):
        return ["C"] + super().who()
class D(B, C):
    def who(self):
        return ["D"] + super().who()
print(D().who(), [c.__name__ for c in D.__mro__])
#% slots-and-attributes
class Point:
    __slots__ = ("x", "y")
    def __init__(self, x, y):
        self.x, self.y = x, y
p = Point(1, 2)
try:
    p.z = 3
except AttributeError as error:
    print(type(error).__name__)
print(hasattr(p, "x"), getattr(p, "w", "none"), p.x + p.y)
#% ordering
from functools import total_ordering
@total_ordering
class Version:
    def __init__(self, text):
        self.parts = [int(p) for p in text.split(".")]
    def __eq__(self, other):
        return self.parts == other.parts
    def __lt__(self, other):
        return self.parts < other.parts
print(Version("1.10") > Version("1.9"), Version("2.0") <= Version("2.0"), max("1.2 1.10 1.9".split(), key=Version))
#% abstract-classes
from abc import ABC, abstractmethod
class Animal(ABC):
    @abstractmethod
    def sound(self): ...
class Dog(Animal):
    def sound(self):
        return "woof"
print(Dog().sound())
try:
    Animal()
except TypeError:
    print("abstract")
#% descriptors
class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name
    def __get__(self, instance, owner):
        return getattr(instance, self.name)
    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive")
        setattr(instance, self.name, value)
class Box:
    width = Positive()
    def __init__(self, width):
        self.width = width
print(Box(3).width)
try:
    Box(-1)
except ValueError as error:
    print(error)
#% metaclasses
class Registry(type):
    known = []
    def __new__(mcs, name, bases, names):
        made = super().__new__(mcs, name, bases, names)
        mcs.known.append(name)
        return made
class Base(metaclass=Registry): ...
class One(Base): ...
print(Registry.known, type(One).__name__)
#% call-and-hash
class Key:
    def __init__(self, k):
        self.k = k
    def __hash__(self):
        return hash(self.k)
    def __eq__(self, other):
        return self.k == other.k
    def __call__(self, x):
        return self.k * x
print({Key(1): "a"}[Key(1)], Key(3)(4), len({Key(1), Key(1), Key(2)}))
#% stack-and-queue
class Stack:
    def __init__(self):
        self._items = []
    def push(self, x):
        self._items.append(x)
    def pop(self):
        if not self._items:
            raise IndexError("the stack is empty")
        return self._items.pop()
s = Stack()
for x in range(3):
    s.push(x)
print([s.pop() for _ in range(3)])
s.pop()

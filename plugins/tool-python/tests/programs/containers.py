#% counters
from collections import Counter
c = Counter("mississippi")
print(c.most_common(2), c["z"], sorted((c - Counter("miss")).items()), c.total(), sorted(Counter(a=3) | Counter(a=1, b=2)))
#% default-dictionaries
from collections import defaultdict
groups = defaultdict(list)
for word in "apple avocado banana blueberry cherry".split():
    groups[word[0]].append(word)
print(dict(groups), defaultdict(int)["x"])
#% deques
from collections import deque
d = deque(range(5), maxlen=5)
d.append(5)
d.appendleft(-1)
d.rotate(2)
print(d, d.popleft(), list(d))
#% named-tuples
from collections import namedtuple
Point = namedtuple("Point", "x y", defaults=[0])
p = Point(3)
print(p, p._replace(y=4), p._asdict(), p == (3, 0), Point._fields)
#% ordered-dictionaries
from collections import ChainMap, OrderedDict
d = OrderedDict(a=1, b=2)
d.move_to_end("a")
print(list(d), d.popitem(last=False), ChainMap({"a": 1}, {"a": 2, "b": 3})["b"])
#% heaps
import heapq
h = [5, 1, 4]
heapq.heapify(h)
heapq.heappush(h, 0)
print([heapq.heappop(h) for _ in range(4)], heapq.nlargest(2, [3, 9, 7]), heapq.nsmallest(1, "hello"), list(heapq.merge([1, 4], [2, 3])))
#% dijkstra
import heapq
graph = {"a": {"b": 7, "c": 3}, "b": {"d": 2}, "c": {"b": 1, "d": 8}, "d": {}}
best, heap = {}, [(0, "a")]
while heap:
    cost, node = heapq.heappop(heap)
    if node not in best:
        best[node] = cost
        for other, step in graph[node].items():
            heapq.heappush(heap, (cost + step, other))
print(best)
#% bisect
import bisect
xs = [1, 3, 3, 5]
bisect.insort(xs, 4)
print(bisect.bisect_left(xs, 3), bisect.bisect_right(xs, 3), xs, "FDCBA"[bisect.bisect([60, 70, 80, 90], 85)])
#% copies
import copy
a = [[1, 2], {"x": [3]}]
b, c = copy.copy(a), copy.deepcopy(a)
a[0].append(9)
print(b[0], c[0], b[1] is a[1], c[1] is a[1])
loop = []
loop.append(loop)
print(copy.deepcopy(loop)[0] is not loop)
#% arrays
from array import array
a = array("i", [1, 2, 3])
a.extend([4])
print(a, a.itemsize, sum(a), array("d", [1.5]).tolist())
#% dictionary-methods
d = {"a": 1, "b": 2}
print(d.get("z", 0), d.pop("a"), d.setdefault("c", []), list(d.items()), d | {"b": 3}, {} or "empty")
#% set-algebra
a, b = {1, 2, 3}, {2, 3, 4}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a <= b, {2} < a, frozenset(a) == a)
#% slices
x = list(range(10))
x[2:5] = ["a"]
del x[-2:]
print(x, x[::-2], x[1:6:2], "hello"[-3:], (1, 2, 3) * 2)
#% sorting
people = [("Ann", 31), ("Bob", 25), ("Cid", 31)]
print(sorted(people, key=lambda p: (-p[1], p[0])), sorted("bCa", key=str.lower), min(people, key=lambda p: p[1]))
#% enums
from enum import Enum, Flag, IntEnum, auto
class Color(Enum):
    RED = 1
    GREEN = auto()
class Right(Flag):
    READ = auto()
    WRITE = auto()
class Size(IntEnum):
    S = 1
    L = 3
print(Color.GREEN.value, Color(1).name, Color["RED"] is Color.RED, [c.name for c in Color], (Right.READ | Right.WRITE).value, Size.L > Size.S, Right.READ in Right(3))
#% dataclasses
from dataclasses import asdict, dataclass, field, replace
@dataclass(order=True, frozen=True)
class Item:
    price: float
    name: str = field(compare=False, default="?")
    tags: list = field(default_factory=list, compare=False)
a = Item(2.5, "pen")
print(a, a < Item(3.0), asdict(a), replace(a, price=1.0))
try:
    a.price = 3
except Exception as error:
    print(type(error).__name__)
#% dataclass-post-init
from dataclasses import dataclass, field, fields
@dataclass
class Rectangle:
    w: int
    h: int
    area: int = field(init=False)
    def __post_init__(self):
        self.area = self.w * self.h
print(Rectangle(2, 3), [f.name for f in fields(Rectangle)])
#% typing
from typing import Generic, NamedTuple, Optional, Protocol, TypedDict, TypeVar, get_type_hints
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, item: T) -> None:
        self.item = item
class Row(NamedTuple):
    a: int
    b: str = "x"
class Movie(TypedDict):
    title: str
def f(x: Optional[int], *, y: "list[int]") -> dict[str, int]: ...
print(Row(1), Movie(title="M"), Box[int](3).item, sorted(get_type_hints(f)))
#% pickles
import pickle
class P:
    def __init__(self, x):
        self.x = x
print(pickle.loads(pickle.dumps(P([1, {"a": 2}]))).x, pickle.loads(pickle.dumps((1, "é", None))))
#% topological-order
from graphlib import CycleError, TopologicalSorter
print(list(TopologicalSorter({"d": {"b", "c"}, "b": {"a"}, "c": {"b"}}).static_order()))
try:
    list(TopologicalSorter({"a": {"b"}, "b": {"a"}}).static_order())
except CycleError:
    print("cycle")

#% math-functions
import math
print(math.floor(-1.5), math.ceil(-1.5), math.trunc(-1.5), math.gcd(12, 18, 27), math.lcm(4, 6))
print(math.comb(10, 3), math.perm(5, 2), math.factorial(20), math.isqrt(10**20 + 1), math.prod([1, 2, 3, 4]))
#% math-floats
import math
print(math.pi, math.e, math.tau, math.hypot(3, 4), math.degrees(math.pi), math.log2(1024), math.log10(1000), math.log(8, 2))
print([round(f(0.5), 12) for f in (math.sin, math.cos, math.tan, math.asin, math.exp, math.log, math.sinh, math.atan)])
#% math-checks
import math
print(math.isclose(0.1 + 0.2, 0.3), math.isnan(float("nan")), math.isinf(1e400), math.copysign(1, -0.0), math.fsum([0.1] * 10))
print(math.frexp(8), math.modf(2.5), math.fmod(-7, 3), math.dist((0, 0), (3, 4)))
#% math-domain
import math
try:
    math.sqrt(-1)
except ValueError:
    print("domain")
try:
    math.exp(1000)
except OverflowError:
    print("range")
#% cmath
import cmath
print(cmath.sqrt(-4), cmath.phase(1j) == cmath.pi / 2)
#% fractions
from fractions import Fraction
a = Fraction(1, 3) + Fraction("1/6")
print(a, a * 2, Fraction("0.125"), Fraction(7, -21), float(a), Fraction(3.5), a.numerator, a < Fraction(2, 3))
print(sum(Fraction(1, n) for n in range(1, 11)), Fraction(3.14159).limit_denominator(100), round(Fraction(7, 2)))
#% decimals
from decimal import Decimal, getcontext
print(Decimal("0.1") + Decimal("0.2"), Decimal(1) / Decimal(7), Decimal("1.10") * 3, Decimal("2.50").normalize())
getcontext().prec = 50
print(Decimal(2).sqrt())
#% decimal-rounding
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
for way in (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_UP):
    print(way, [str(Decimal(x).quantize(Decimal("0.01"), way)) for x in ("2.675", "2.665", "-0.001")])
#% decimal-signals
from decimal import Decimal, DivisionByZero, InvalidOperation
for text in ("1/0", "x"):
    try:
        print(Decimal(1) / Decimal(0) if "/" in text else Decimal(text))
    except (DivisionByZero, InvalidOperation) as error:
        print(type(error).__name__)
#% statistics-means
import statistics as s
data = [2, 4, 4, 4, 5, 5, 7, 9]
print(s.mean(data), s.median(data), s.mode(data), s.pstdev(data), round(s.stdev(data), 6), s.pvariance(data), s.multimode("aabbc"))
print(s.geometric_mean([1, 4]), s.harmonic_mean([40, 60]), s.median_low(data), s.quantiles(range(1, 12), n=4))
#% statistics-relations
import statistics as s
x, y = [1, 2, 3, 4, 5], [2, 4, 5, 4, 5]
print(s.linear_regression(x, y), round(s.correlation(x, y), 6), s.covariance(x, y))
print(round(s.NormalDist(100, 15).cdf(130), 6), round(s.NormalDist(0, 1).inv_cdf(0.975), 6))
#% seeded-random
import random
random.seed(42)
print([random.randint(1, 6) for _ in range(10)], random.random(), random.choice("abcdef"))
items = list(range(8))
random.shuffle(items)
print(items, random.sample(range(100), 5), round(random.gauss(0, 1), 9), random.choices("ab", weights=[3, 1], k=5))
#% own-random
import random
r = random.Random(7)
print(r.getrandbits(40), r.uniform(1, 2), r.randrange(0, 100, 5), r.betavariate(2, 3), r.randbytes(4))
#% monte-carlo
import random
r = random.Random(1)
inside = sum(r.random() ** 2 + r.random() ** 2 < 1 for _ in range(5000))
print(inside, abs(4 * inside / 5000 - 3.14159) < 0.1)
#% unseeded-random-is-in-range
import random
print(all(0 <= random.random() < 1 for _ in range(100)), random.Random().randint(1, 1), len(set(random.sample(range(50), 10))))
#% numbers-tower
import numbers
print(isinstance(1, numbers.Integral), isinstance(1.0, numbers.Real), isinstance(1j, numbers.Real))

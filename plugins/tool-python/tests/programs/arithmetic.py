#% apples
# Seven baskets of 12 apples, a third of all is sold, then 5 are eaten.
apples = 7 * 12
apples -= apples // 3
apples -= 5
print(apples)
#% floor-and-remainder
for a in (7, -7):
    for b in (3, -3):
        print(a // b, a % b, divmod(a, b))
#% big-powers
print(2**200)
print(pow(3, 10**6, 10**9 + 7))
print(pow(38, -1, 97))
#% factorial-digits
n = 1
for i in range(1, 101):
    n *= i
print(sum(map(int, str(n))), len(str(n)))
#% float-shapes
print(0.1 + 0.2, 1e22, 1e16, 1.5e-7, 100.0, -0.0, 1 / 3)
print(float("inf"), float("-inf"), float("nan"))
#% rounding
print([round(x) for x in (0.5, 1.5, 2.5, -0.5)], round(2.675, 2), round(1234, -2))
#% bits
print(0b1011 & 0b0110, 0b1011 | 0b0110, 0b1011 ^ 0b0110, ~5, 1 << 40, -9 >> 1)
print((255).bit_length(), bin(37), oct(64), hex(48879), (1023).bit_count())
#% bases
print(int("ff", 16), int("-101", 2), int("zz", 36), int("0x1f", 0))
#% mixed-types
print(True + 2, 3 + 2.0, 7 / 2, 2**-1, 10**20 == 1e20, 2**53 + 1 == float(2**53 + 1))
#% complex
z = (3 + 4j) * (1 - 2j)
print(z, abs(3 + 4j), z.conjugate(), z.real, z.imag)
#% compound-interest
money = 1000.0
for year in range(10):
    money *= 1.05
print(f"{money:.2f}")
#% percent-discount
price, discount, tax = 80, 15, 19
net = price * (100 - discount) / 100
print(net, round(net * (100 + tax) / 100, 2))
#% sum-of-squares
print(sum(i * i for i in range(1, 1001)) == 1000 * 1001 * 2001 // 6)
#% gcd-by-hand
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(1071, 462), gcd(17, 5), gcd(0, 9))
#% bytes-of-integers
print((1025).to_bytes(4, "big"), int.from_bytes(b"\x04\x01", "little"), (-2).to_bytes(2, "big", signed=True))
#% float-ratio
print((0.75).as_integer_ratio(), (2.5).hex(), float.fromhex("0x1.8p1"), (3.0).is_integer())
#% long-division
digits, rest = [], 1
for _ in range(30):
    rest *= 10
    digits.append(str(rest // 7))
    rest %= 7
print("0." + "".join(digits))

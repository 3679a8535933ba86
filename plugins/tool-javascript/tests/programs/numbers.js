//% apples
// Seven baskets of 12 apples, a third of all is sold, then 5 are eaten.
let apples = 7 * 12;
apples -= Math.floor(apples / 3);
apples -= 5;
console.log(apples);
//% remainder
for (const a of [7, -7]) for (const b of [3, -3]) console.log(Math.floor(a / b), a % b, Math.trunc(a / b));
//% float-shapes
console.log(0.1 + 0.2, 1e21, 1e-7, 123456789012345680000, 100.0, -0, 1 / 3, 5e-324, 1.7976931348623157e308);
console.log(Infinity, -Infinity, NaN, 0 / 0, 1 / -0);
//% fixed
console.log((2.345).toFixed(2), (1.005).toFixed(2), (1e21).toFixed(2), (0).toFixed(3), (123.456).toPrecision(4), (0.00001).toPrecision(1), (12345.6789).toExponential(2));
//% rounding
console.log([0.5, 1.5, 2.5, -0.5, -1.5].map(Math.round), Math.ceil(-0.5), Math.floor(-0.5), Math.trunc(-7.9));
//% bits
console.log(11 & 6, 11 | 6, 11 ^ 6, ~5, 1 << 31, -9 >> 1, -9 >>> 28, Math.clz32(1), Math.imul(0xffffffff, 5));
//% bases
console.log(parseInt('ff', 16), parseInt('-101', 2), parseInt('zz', 36), Number('0x1f'), (255).toString(2), (0.5).toString(2), (48879).toString(16));
//% parsing
console.log(parseInt('12px'), parseFloat('3.14abc'), Number(''), Number(' 42 '), Number('4 2'), Number(null), Number(undefined), Number([5]), +true);
//% maths
console.log(Math.hypot(3, 4), Math.cbrt(27), Math.sign(-3), Math.log2(8), Math.log10(1000), Math.max(), Math.min(1, '0', 2), Math.fround(5.5));
//% integers
console.log(Number.MAX_SAFE_INTEGER, Number.isSafeInteger(2 ** 53), Number.isInteger(5.0), 2 ** 53 + 1, Number.EPSILON > 0);
//% primes
const primes = [];
for (let n = 2; primes.length < 25; n++) if (primes.every((p) => n % p)) primes.push(n);
console.log(primes.join(' '));
//% gcd
const gcd = (a, b) => (b ? gcd(b, a % b) : a);
console.log(gcd(1071, 462), gcd(17, 5), [48, 36, 120].reduce(gcd));
//% compound-interest
let money = 1000;
for (let year = 0; year < 10; year++) money *= 1.05;
console.log(money.toFixed(2));
//% collatz
let best = [0, 0];
for (let start = 1; start < 3000; start++) {
  let n = start, steps = 0;
  while (n !== 1) { n = n % 2 ? 3 * n + 1 : n / 2; steps++; }
  if (steps > best[1]) best = [start, steps];
}
console.log(best);
//% equality
console.log(1 == '1', null == undefined, null == 0, NaN === NaN, Object.is(NaN, NaN), Object.is(0, -0), [] == '', [1] == 1);
//% coercion
console.log('5' * '2', '5' + 2, 5 + +'2', [] + [], [] + {}, true + true, '3' - 1, null + 1, undefined + 1);
//% digits-sum
console.log(String(2n ** 100n).split('').reduce((sum, digit) => sum + Number(digit), 0));
//% big-factorial
let product = 1n;
for (let i = 1n; i <= 50n; i++) product *= i;
console.log(product, String(product).length);
//% big-operators
console.log(7n / 2n, -7n / 2n, -7n % 3n, 2n ** 64n - 1n, 5n << 10n, -5n >> 1n, 12n & 10n, 12n | 3n, ~7n);
//% big-mixed
console.log(1n < 2, 2n == 2, 2n === 2, typeof 5n, BigInt(2 ** 53) + 1n, BigInt('0xff'), Number(123n), BigInt.asUintN(8, 257n), BigInt.asIntN(8, 255n));
try { 1n + 1; } catch (error) { console.log(error.name); }
//% big-modpow
const modpow = (base, exponent, modulus) => {
  let result = 1n;
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % modulus;
    base = (base * base) % modulus;
  }
  return result;
};
console.log(modpow(3n, 1000000n, 1000000007n), modpow(38n, 95n, 97n));
//% big-fibonacci
let [a, b] = [0n, 1n];
for (let i = 0; i < 300; i++) [a, b] = [b, a + b];
console.log(a.toString());
//% separators
console.log(1_000_000, 0b1010, 0o17, 0xFF, 1_0.5_0, .5, 5.);

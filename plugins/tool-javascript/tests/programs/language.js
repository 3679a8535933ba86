//% destructuring
const { a, b: { c = 5, ...rest } = {}, ...others } = { a: 1, b: { d: 2, e: 3 }, f: 4 };
const [first, , third = 'none', ...tail] = [1, 2, undefined, 4, 5];
console.log(a, c, rest, others, first, third, tail);
let x = 1, y = 2;
[x, y] = [y, x];
console.log(x, y, (({ length }) => length)('four'));
//% parameters
function f(a, b = a * 2, ...rest) { return [a, b, rest, arguments.length, f.length]; }
console.log(f(1), f(1, undefined, 3, 4), f(...[7, 8]), Math.max(...[1, 5, 3], 4));
//% closures
const counter = (() => { let n = 0; return { up: () => ++n, down: () => --n }; })();
counter.up(); counter.up(); counter.down();
const later = [];
for (let i = 0; i < 3; i++) later.push(() => i);
var shared = [];
for (var j = 0; j < 3; j++) shared.push(() => j);
console.log(counter.up(), later.map((f) => f()), shared.map((f) => f()));
//% hoisting
console.log(typeof hoisted, typeof later, hoisted());
function hoisted() { return 'yes'; }
var later = 1;
try { early; let early = 1; } catch (error) { console.log(error.name); }
//% this
const o = { n: 5, regular() { return this.n; }, arrow: () => typeof this, nested() { return [1].map(() => this.n)[0]; } };
const { regular } = o;
console.log(o.regular(), o.nested(), regular.call({ n: 6 }), regular.bind({ n: 7 })(), regular.apply({ n: 8 }, []));
//% currying
const curry = (f) => function curried(...args) { return args.length >= f.length ? f(...args) : (...more) => curried(...args, ...more); };
const compose = (...fs) => (x) => fs.reduceRight((v, f) => f(v), x);
console.log(curry((a, b, c) => a + b + c)(1)(2)(3), compose((x) => x + 1, (x) => x * 2)(5));
//% memoize
const memo = (f, seen = new Map()) => (n) => seen.get(n) ?? (seen.set(n, f(n)), seen.get(n));
const fib = memo((n) => (n < 2 ? n : fib(n - 1) + fib(n - 2)));
console.log(fib(80));
//% operators
const o = { a: { b: [1] } };
let n = null, z = 0, e = '';
console.log(o?.a?.b?.[0], o.x?.y.z, o.f?.(), n ?? 'd', z ?? 'd', z || 'd', e && 'd', typeof undefinedName, void 0);
n ??= 5; z ||= 6; e &&= 7;
console.log(n, z, e, 2 ** 3 ** 2, (-2) ** 2, 7 % -3, ++z + z++, (1, 2));
//% labels
outer: for (let i = 0; i < 5; i++) {
  for (let j = 0; j < 5; j++) {
    if (j === 3) continue outer;
    if (i === 2) break outer;
    if (j) console.log(i, j);
  }
}
//% switch
const kind = (v) => { switch (typeof v) { case 'number': case 'bigint': return 'num'; case 'string': return 'str'; default: return Array.isArray(v) ? 'arr' : 'other'; } };
console.log([1, 2n, 'x', [], {}, null].map(kind));
//% classes
class Shape { constructor(name) { this.name = name; } area() { return 0; } toString() { return `${this.name}: ${this.area().toFixed(2)}`; } static of(...args) { return new this(...args); } }
class Circle extends Shape { constructor(r) { super('circle'); this.r = r; } area() { return Math.PI * this.r ** 2; } get diameter() { return this.r * 2; } }
const c = Circle.of(2);
console.log(`${c}`, c, c.diameter, c instanceof Shape, Object.getPrototypeOf(c) === Circle.prototype, Circle.name, typeof Circle, Circle, Shape);
//% private-members
class Account {
  #balance = 0; static #count = 0; static kind = 'bank';
  constructor() { Account.#count++; }
  deposit(n) { if (n <= 0) throw new RangeError('positive'); this.#balance += n; return this; }
  get balance() { return this.#balance; }
  static get count() { return Account.#count; }
  #secret() { return 1; }
  has(o) { return #balance in o; }
}
const a = new Account().deposit(5).deposit(7);
console.log(a.balance, Account.count, Account.kind, a, a.has(a), a.has({}));
try { a.deposit(-1); } catch (error) { console.log(error.name, error.message); }
//% mixins-and-symbols
const Walks = (Base) => class extends Base { walk() { return `${this.name} walks`; } };
class Animal { constructor(name) { this.name = name; } get [Symbol.toStringTag]() { return 'Beast'; } [Symbol.toPrimitive](hint) { return hint === 'number' ? 7 : this.name; } }
class Dog extends Walks(Animal) {}
const d = new Dog('Rex');
console.log(d.walk(), String(d), +d, `${d}!`, Object.prototype.toString.call(d), d);
//% static-blocks
class Config { static values = {}; static { for (const key of ['a', 'b']) this.values[key] = key.toUpperCase(); } static #hidden = 3; static peek() { return Config.#hidden; } }
console.log(Config.values, Config.peek(), Object.keys(Config));
//% prototypes
function Old(x) { if (!new.target) return new Old(x); this.x = x; }
Old.prototype.double = function () { return this.x * 2; };
const o = Old(4), child = Object.create(o, { y: { value: 1, enumerable: true } });
console.log(o.double(), child.double(), child.y, o.isPrototypeOf, Object.create(null), o, child);
//% generators
function* walk(n) { for (let i = 0; i < n; i++) { const sent = yield i; if (sent) console.log('got', sent); } return 'end'; }
const g = walk(3);
console.log(g.next(), g.next('hi'), g.next(), g.next(), g.next(), [...walk(4)]);
function* both() { yield* walk(2); yield* 'ab'; }
console.log(Array.from(both()), both());
//% iterators
class Range { constructor(a, b) { Object.assign(this, { a, b }); } *[Symbol.iterator]() { for (let i = this.a; i < this.b; i++) yield i; } }
const r = new Range(1, 5);
console.log([...r], Math.max(...r), Array.from(r, (x) => x * x), new Set(r).size);
const manual = { i: 0, [Symbol.iterator]() { return this; }, next() { return { done: this.i >= 2, value: this.i++ }; }, return() { console.log('closed'); return {}; } };
for (const x of manual) { console.log(x); break; }
//% lazy
function* naturals() { let n = 1; for (;;) yield n++; }
function* take(n, from) { for (const x of from) { if (n-- <= 0) return; yield x; } }
function* filter(f, from) { for (const x of from) if (f(x)) yield x; }
console.log([...take(5, filter((n) => n % 3 === 0, naturals()))]);
//% exceptions
class ParseError extends Error { constructor(message, line) { super(message); this.name = 'ParseError'; this.line = line; } }
try { throw new ParseError('bad token', 3); } catch (error) {
  console.log(error instanceof ParseError, error instanceof Error, error.name, error.message, error.line, String(error));
} finally { console.log('always'); }
const f = () => { try { return 'try'; } finally { console.log('before return'); } };
console.log(f());
//% error-causes
try { try { null.x; } catch (cause) { throw new Error('outer', { cause }); } } catch (error) { console.log(error.message, error.cause.name); }
try { throw new AggregateError([new Error('a'), new TypeError('b')], 'both'); } catch (error) { console.log(error.name, error.errors.length); }
for (const make of [() => undefined.x, () => nope, () => (void 0)(), () => new Array(-1), () => 'x'.repeat(-1), () => null[Symbol.iterator], () => decodeURIComponent('%'), () => { const c = 1; c = 2; }, () => BigInt(1.5), () => Symbol() + '']) {
  try { make(); } catch (error) { console.log(error.constructor.name); }
}
//% rethrow
function level3() { throw new RangeError('deep'); }
function level2() { try { level3(); } catch (error) { if (!(error instanceof TypeError)) throw error; } }
try { level2(); } catch ({ name, message }) { console.log(name, message); }
//% dates
const d = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 250));
console.log(d, d.toISOString(), d.getTime(), d.getUTCDay(), JSON.stringify({ d }), new Date('2024-03-10') - d, new Date(NaN), new Date('x').getTime());
d.setUTCMonth(12);
console.log(d.toISOString(), Date.UTC(1970, 0, 2), new Date('2024-01-15T10:00:00Z').toUTCString(), new Date(2020, 0, 31, 12).getMonth());
//% date-arithmetic
const days = (a, b) => Math.round((Date.UTC(...b) - Date.UTC(...a)) / 864e5);
const isLeap = (y) => new Date(Date.UTC(y, 1, 29)).getUTCMonth() === 1;
console.log(days([2024, 0, 1], [2024, 11, 31]), [1900, 2000, 2023, 2024].filter(isLeap), new Date(Date.UTC(2023, 11, 31 + 60)).toISOString().slice(0, 10), new Date('2024-02-30T00:00:00Z').getTime());
//% functions-printed
console.log(function named() {}, () => {}, class A {}, class B extends Array {}, Math.max, async () => {}, function* g() {}, [Symbol.iterator]);
console.log((function (a, b) { return a + b; }).toString(), ((x) => x).name, (() => {}).length);
//% getter-on-arguments
function sum() { let total = 0; for (const x of arguments) total += x; return total; }
console.log(sum(1, 2, 3), (function () { return arguments; })(1, 'a'), [].slice.call({ 0: 'x', length: 1 }));
//% comma-and-asi
const a = 1
const b = a
++a_
var a_
console.log(a, b, a_)
const f = function () { return
  5 }
console.log(f())
//% eval-and-function
console.log(eval('1 + 1'), new Function('a', 'b', 'return a * b')(6, 7), (0, eval)('typeof module'));

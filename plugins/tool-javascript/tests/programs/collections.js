//% array-basics
const a = [3, 1, 2];
a.push(5); a.unshift(0);
console.log(a, a.pop(), a.shift(), a.length, a.concat([9], 8), a.indexOf(2), a.includes(3), a.reverse(), a.join('-'));
//% splice
const a = [1, 2, 3, 4, 5];
console.log(a.splice(1, 2, 'x', 'y', 'z'), a, a.slice(-2), a.fill(0, 1, 3), a.copyWithin(0, 3));
//% higher
const n = [1, 2, 3, 4, 5, 6];
console.log(n.map((x) => x * x), n.filter((x) => x % 2), n.reduce((s, x) => s + x), n.reduceRight((s, x) => s + x, ''), n.some((x) => x > 5), n.every((x) => x > 1));
console.log(n.find((x) => x > 2), n.findIndex((x) => x > 9), n.findLast((x) => x < 4), n.findLastIndex((x) => x < 4), n.flatMap((x) => [x, x * 10]).length);
//% sorting
console.log([10, 9, 1].sort(), [10, 9, 1].sort((a, b) => a - b), ['b', undefined, 'a'].sort(), [3, 1, 2].toSorted(), [1, 2, 3].toReversed(), [1, 2, 3].with(1, 9));
const people = [{ n: 'A', a: 30 }, { n: 'B', a: 25 }, { n: 'C', a: 30 }];
console.log(people.sort((x, y) => y.a - x.a).map((p) => p.n).join(''));
//% flat
console.log([1, [2, [3, [4]]]].flat(), [1, [2, [3, [4]]]].flat(Infinity), Array.from({ length: 3 }, (_, i) => i * i), Array.of(7), [...Array(3).keys()], Array.from('abc').entries().next().value);
//% holes
const a = [1, , 3];
console.log(a, a.length, 1 in a, a.map((x) => x * 2), [, 'x'], [1, , , 4], Object.keys(a));
//% many-items
console.log(Array.from({ length: 30 }, (_, i) => i * 3), Array.from({ length: 8 }, (_, i) => 'item' + i));
console.log(Array.from({ length: 120 }, (_, i) => i));
//% matrix
const grid = Array.from({ length: 3 }, (_, r) => Array.from({ length: 3 }, (_, c) => r * 3 + c));
const transpose = grid[0].map((_, c) => grid.map((row) => row[c]));
console.log(grid, transpose, grid.map((row) => row.join(' ')).join('\n'));
//% objects
const o = { b: 1, a: 2, 3: 'x', 1: 'y', ['c' + 1]: true };
console.log(o, Object.keys(o), Object.values(o), Object.entries(o).length, 'b' in o, delete o.b, o.b, Object.hasOwn(o, 'a'));
//% nested-printing
console.log({ a: { b: { c: { d: 1 } } }, list: [[1, [2, [3, [4]]]]] });
console.log({ name: 'a rather long name for one line', values: [1, 2, 3], other: 'and something more to break it' });
console.log([{ a: 1, b: 2 }, { a: 3, b: 4 }], [[]], {}, [{}], [undefined, null]);
//% copying
const original = { a: 1, nested: { b: 2 } };
const shallow = { ...original, c: 3 }, assigned = Object.assign({}, original), deep = structuredClone(original);
original.nested.b = 99;
console.log(shallow, assigned.nested.b, deep.nested.b, Object.fromEntries([['x', 1], ['y', 2]]));
//% freezing
const frozen = Object.freeze({ a: 1, inner: { b: 2 } });
frozen.a = 5; frozen.inner.b = 7; delete frozen.a;
console.log(frozen, Object.isFrozen(frozen), Object.isSealed(frozen));
'use strict';
//% property-descriptors
const o = {};
Object.defineProperty(o, 'hidden', { value: 1, enumerable: false });
Object.defineProperty(o, 'computed', { get() { return 42; }, enumerable: true });
console.log(o, o.hidden, o.computed, Object.getOwnPropertyNames(o), JSON.stringify(o));
//% accessors
const t = { _c: 25, get f() { return this._c * 9 / 5 + 32; }, set f(v) { this._c = (v - 32) * 5 / 9; } };
t.f = 212;
console.log(t._c, t.f, t);
//% map
const m = new Map([['a', 1], [NaN, 2], [{}, 3]]);
m.set('b', 4).delete('a');
console.log(m, m.get(NaN), m.size, m.has('a'), [...m.keys()].length, new Map());
m.forEach((value, key) => console.log(typeof key, value));
//% set
const s = new Set([1, 2, 2, '2', NaN, NaN]);
console.log(s, s.size, s.has(2), [...s].filter((x) => x === x), new Set('hello').size);
const a = new Set([1, 2, 3]), b = new Set([2, 3, 4]);
console.log([...a].filter((x) => b.has(x)), [...new Set([...a, ...b])]);
//% map-counting
const counts = [...'mississippi'].reduce((m, c) => m.set(c, (m.get(c) ?? 0) + 1), new Map());
console.log([...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])), Object.fromEntries(counts));
//% weak
const w = new WeakMap(), key = {};
w.set(key, 1);
console.log(w.get(key), w.has({}), new WeakSet([key]).has(key), w);
//% typed-arrays
const t = new Uint8Array([250, 251, 300, -1]);
console.log(t, new Float32Array([1.1])[0], new Int16Array(t.buffer, 0, 2), t.map((x) => x + 10), Array.from(t));
const view = new DataView(new ArrayBuffer(4));
view.setInt16(0, 258);
console.log(view.getUint8(0), view.getUint8(1), new Uint8Array(view.buffer).join());
//% symbols
const tag = Symbol('tag');
const o = { [tag]: 1, plain: 2 };
console.log(o, tag.toString(), tag.description, Symbol.for('x') === Symbol.for('x'), Object.keys(o), Object.getOwnPropertySymbols(o).length);
//% iteration-order
const o = {};
o.z = 1; o[10] = 2; o.a = 3; o[2] = 4;
for (const key in o) console.log(key);
for (const [i, x] of ['p', 'q'].entries()) console.log(i, x);
//% group-and-sum
const sales = [['fruit', 3], ['bread', 5], ['fruit', 4], ['milk', 2]];
const totals = sales.reduce((sum, [kind, count]) => ({ ...sum, [kind]: (sum[kind] ?? 0) + count }), {});
console.log(totals, Math.max(...Object.values(totals)));
//% circular
const a = { name: 'a' };
a.self = a;
const list = [1, a];
list.push(list);
console.log(a, list);
//% proxies-and-reflect
const logged = [];
const p = new Proxy({ a: 1 }, { get(target, key) { logged.push(key); return key in target ? target[key] : `no ${String(key)}`; }, has: () => true, set: () => true });
console.log(p.a, p.b, 'x' in p, logged, Reflect.ownKeys({ b: 1, a: 2 }), Reflect.has({ c: 1 }, 'c'), Reflect.construct(Date, [0]).getTime());

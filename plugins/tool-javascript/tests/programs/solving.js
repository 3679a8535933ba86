//% hanoi
const moves = [];
const hanoi = (n, a, b, c) => { if (n) { hanoi(n - 1, a, c, b); moves.push(a + c); hanoi(n - 1, b, a, c); } };
hanoi(4, 'A', 'B', 'C');
console.log(moves.length, moves.slice(0, 5));
//% queens
const queens = (n, row = 0, cols = 0, d1 = 0, d2 = 0) => { if (row === n) return 1; let count = 0; for (let c = 0; c < n; c++) { const a = 1 << c, b = 1 << (row + c), d = 1 << (row - c + n); if (!(cols & a || d1 & b || d2 & d)) count += queens(n, row + 1, cols | a, d1 | b, d2 | d); } return count; };
console.log([4, 5, 6, 7].map((n) => queens(n)));
//% permutations
const permutations = (xs) => (xs.length < 2 ? [xs] : xs.flatMap((x, i) => permutations([...xs.slice(0, i), ...xs.slice(i + 1)]).map((rest) => [x, ...rest])));
console.log(permutations([1, 2, 3]), permutations([...'abcd']).length);
//% quicksort
const quick = ([p, ...xs]) => (p === undefined ? [] : [...quick(xs.filter((x) => x < p)), p, ...quick(xs.filter((x) => x >= p))]);
console.log(quick([3, 6, 1, 8, 2, 9, 2]));
//% binary-search
const find = (xs, x) => { let [lo, hi] = [0, xs.length - 1]; while (lo <= hi) { const mid = (lo + hi) >> 1; if (xs[mid] === x) return mid; if (xs[mid] < x) lo = mid + 1; else hi = mid - 1; } return -1; };
console.log(find([1, 3, 5, 7, 9, 11], 7), find([1, 3], 2));
//% dijkstra
const graph = { A: { B: 4, C: 2 }, B: { D: 5 }, C: { B: 1, D: 8, E: 10 }, D: { E: 2 }, E: {} };
const dist = Object.fromEntries(Object.keys(graph).map((k) => [k, Infinity]));
dist.A = 0;
const open = new Set(Object.keys(graph));
while (open.size) { const at = [...open].reduce((a, b) => (dist[a] <= dist[b] ? a : b)); open.delete(at); for (const [to, cost] of Object.entries(graph[at])) dist[to] = Math.min(dist[to], dist[at] + cost); }
console.log(dist);
//% edit-distance
const distance = (a, b) => { const row = [...Array(b.length + 1).keys()]; for (let i = 1; i <= a.length; i++) { let last = row[0]++; for (let j = 1; j <= b.length; j++) { const keep = row[j]; row[j] = a[i - 1] === b[j - 1] ? last : 1 + Math.min(last, row[j], row[j - 1]); last = keep; } } return row.at(-1); };
console.log(distance('kitten', 'sitting'), distance('', 'abc'));
//% knapsack
const best = (items, room) => { const table = Array(room + 1).fill(0); for (const [w, v] of items) for (let r = room; r >= w; r--) table[r] = Math.max(table[r], table[r - w] + v); return table[room]; };
console.log(best([[1, 1], [3, 4], [4, 5], [5, 7]], 7));
//% game-of-life
let cells = new Set(['1,0', '1,1', '1,2']);
const step = (live) => { const near = new Map(); for (const cell of live) { const [r, c] = cell.split(',').map(Number); for (let i = -1; i <= 1; i++) for (let j = -1; j <= 1; j++) if (i || j) { const k = `${r + i},${c + j}`; near.set(k, (near.get(k) ?? 0) + 1); } } return new Set([...near].filter(([k, n]) => n === 3 || (n === 2 && live.has(k))).map(([k]) => k)); };
cells = step(cells);
console.log([...cells].sort());
//% expression-parser
const evaluate = (text) => { const t = text.match(/\d+|[-+*/()]/g); const atom = () => { const x = t.shift(); if (x === '(') { const v = sum(); t.shift(); return v; } return x === '-' ? -atom() : +x; }; const product = () => { let v = atom(); while (t[0] === '*' || t[0] === '/') v = t.shift() === '*' ? v * atom() : v / atom(); return v; }; const sum = () => { let v = product(); while (t[0] === '+' || t[0] === '-') v = t.shift() === '+' ? v + product() : v - product(); return v; }; return sum(); };
console.log(evaluate('2*(3+4)-10/5'), evaluate('-(2+3)*2'));
//% linked-list
class Node { constructor(value, next = null) { this.value = value; this.next = next; } }
let list = [1, 2, 3].reduceRight((next, v) => new Node(v, next), null);
let reversed = null;
while (list) { [list, reversed] = [list.next, new Node(list.value, reversed)]; }
console.log(reversed, JSON.stringify(reversed));
//% tree
class Tree { insert(v) { if (this.v === undefined) this.v = v; else (v < this.v ? (this.l ??= new Tree()) : (this.r ??= new Tree())).insert(v); return this; } *[Symbol.iterator]() { if (this.l) yield* this.l; if (this.v !== undefined) yield this.v; if (this.r) yield* this.r; } get depth() { return 1 + Math.max(this.l?.depth ?? 0, this.r?.depth ?? 0); } }
const t = new Tree();
for (const v of [5, 2, 8, 1, 9, 3]) t.insert(v);
console.log([...t], t.depth);
//% sudoku-row
const solve = (target, parts, chosen = []) => (target === 0 ? [chosen] : parts.flatMap((p, i) => (p <= target ? solve(target - p, parts.slice(i), [...chosen, p]) : [])));
console.log(solve(10, [2, 3, 5]));
//% lru-cache
class LRU { #m = new Map(); constructor(n) { this.n = n; } get(k) { if (!this.#m.has(k)) return -1; const v = this.#m.get(k); this.#m.delete(k); this.#m.set(k, v); return v; } put(k, v) { this.#m.delete(k); this.#m.set(k, v); if (this.#m.size > this.n) this.#m.delete(this.#m.keys().next().value); } }
const c = new LRU(2);
c.put(1, 1); c.put(2, 2); c.get(1); c.put(3, 3);
console.log(c.get(2), c.get(1), c.get(3));
//% ackermann-and-depth
const ack = (m, n) => (m === 0 ? n + 1 : n === 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)));
const depth = (n) => (n === 0 ? 0 : 1 + depth(n - 1));
console.log(ack(2, 3), depth(1500));
//% deep-recursion
const sum = (n) => (n === 0 ? 0 : n + sum(n - 1));
console.log(sum(5000));
//% endless-recursion-caught
let depth = 0;
const down = () => { depth++; down(); };
try { down(); } catch (error) { console.log(error instanceof RangeError, error.message, depth > 500); }
//% spiral
const spiral = (m) => (m.length ? [...m[0], ...spiral(m.slice(1).map((r) => [...r].reverse()).reduce((cols, r) => (r.forEach((v, i) => (cols[i] ??= []).push(v)), cols), []))] : []);
console.log(spiral([[1, 2, 3], [4, 5, 6], [7, 8, 9]]));
//% mandelbrot
for (let y = -1; y <= 1; y += 0.5) { let line = ''; for (let x = -2; x <= 0.5; x += 0.125) { let [a, b, n] = [0, 0, 0]; while (a * a + b * b < 4 && n < 30) { [a, b] = [a * a - b * b + x, 2 * a * b + y]; n++; } line += n === 30 ? '#' : '.'; } console.log(line); }
//% monty-hall-expected
let wins = 0;
for (let car = 0; car < 3; car++) for (let pick = 0; pick < 3; pick++) if (car !== pick) wins++;
console.log(`${wins}/9`);
//% wages
// 8 hours at 12.5, time and a half for 3 more, 22 % tax
const pay = 8 * 12.5 + 3 * 12.5 * 1.5;
console.log(pay, +(pay * 0.78).toFixed(2), new Set([pay]).has(156.25));
//% bank-state-machine
const machine = { idle: { card: 'pin' }, pin: { ok: 'menu', bad: 'idle' }, menu: { cash: 'idle', eject: 'idle' } };
console.log(['card', 'bad', 'card', 'ok', 'cash', 'nonsense'].reduce((path, event) => [...path, machine[path.at(-1)][event] ?? path.at(-1)], ['idle']));

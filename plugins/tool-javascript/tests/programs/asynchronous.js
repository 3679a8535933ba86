//% order
console.log('1');
setTimeout(() => console.log('6 timer'), 0);
Promise.resolve().then(() => console.log('4')).then(() => console.log('5'));
queueMicrotask(() => console.log('4b'));
(async () => { console.log('2'); await null; console.log('4c'); })();
console.log('3');
//% await
const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
async function main() {
  const started = Date.now();
  console.log(await wait(200, 'a'), await Promise.all([wait(30, 1), wait(10, 2), 3]), Date.now() - started >= 200);
  return 'done';
}
main().then(console.log);
//% combinators
const fail = (m) => Promise.reject(new Error(m));
(async () => {
  console.log(await Promise.allSettled([1, fail('x')]).then((all) => all.map((one) => one.status)));
  console.log(await Promise.race([new Promise((r) => setTimeout(r, 50, 'slow')), new Promise((r) => setTimeout(r, 5, 'fast'))]));
  console.log(await Promise.any([fail('a'), Promise.resolve('b')]), await Promise.any([fail('c')]).catch((error) => error.constructor.name));
})();
//% errors
(async () => {
  try { await Promise.reject(new TypeError('no')); } catch (error) { console.log(error.name); } finally { console.log('finally'); }
  await Promise.reject(1).catch((v) => v + 1).then((v) => { console.log(v); throw 'x'; }).catch(console.log).finally(() => console.log('end'));
})();
//% timers
const order = [];
setTimeout(() => order.push('c'), 30);
setTimeout(() => order.push('a'), 10);
const stopped = setTimeout(() => order.push('never'), 5);
clearTimeout(stopped);
let ticks = 0;
const every = setInterval(() => { order.push(++ticks); if (ticks === 3) clearInterval(every); }, 12);
setTimeout(() => console.log(order.join(' ')), 100);
//% async-iteration
async function* pages() { for (let i = 0; i < 3; i++) { await null; yield i; } }
(async () => { const all = []; for await (const page of pages()) all.push(page); for await (const x of [Promise.resolve(9)]) all.push(x); console.log(all); })();
//% promises-printed
console.log(Promise.resolve({ a: 1 }), new Promise(() => {}), (async () => 5)());
const bad = Promise.reject(3);
bad.catch(() => {});
console.log(bad);
//% queue
class Queue {
  #tasks = []; #running = 0;
  constructor(limit) { this.limit = limit; }
  add(task) { return new Promise((resolve) => { this.#tasks.push([task, resolve]); this.#next(); }); }
  #next() { while (this.#running < this.limit && this.#tasks.length) { const [task, resolve] = this.#tasks.shift(); this.#running++; task().then((v) => { this.#running--; resolve(v); this.#next(); }); } }
}
const q = new Queue(2), log = [];
Promise.all([30, 10, 20, 5].map((ms, i) => q.add(() => new Promise((r) => setTimeout(() => { log.push(i); r(i); }, ms * 10))))).then((all) => console.log(all, log));
//% thenables
(async () => { console.log(await { then(resolve) { resolve('thenable'); } }); const { promise, resolve } = (() => { let resolve; const promise = new Promise((r) => { resolve = r; }); return { promise, resolve }; })(); setTimeout(resolve, 1, 'deferred'); console.log(await promise); })();
//% next-tick
setTimeout(() => console.log('timeout'));
setImmediate(() => console.log('immediate or so'));
Promise.resolve().then(() => console.log('micro'));
console.log('sync');

//% type-error
const user = { name: 'Ada' };
console.log(user.name);
const city = user.address.city;
console.log(city);
//% reference-error
let total = 0;
for (const x of [1, 2]) {
  total += amount;
}
//% own-error
class Overdrawn extends Error {
  constructor(by) { super(`by ${by}`); this.name = 'Overdrawn'; }
}
function pay(balance, price) {
  if (price > balance) throw new Overdrawn(price - balance);
  return balance - price;
}
console.log(pay(10, 3));
console.log(pay(1, 3));
//% not-a-function
const list = { map: 5 };
function twice() {
  return list.map((x) => x * 2);
}
twice();
//% constant
const limit = 5;
console.log(limit);
limit = 6;
//% in-a-callback
[1, 2, 3].forEach((n) => {
  if (n === 2) throw new RangeError(`no ${n}`);
  console.log(n);
});
//% rejected
async function load() {
  await null;
  throw new TypeError('not there');
}
load();
//% in-a-timer
setTimeout(() => {
  console.log('before');
  JSON.parse('{oops');
}, 5);
//% failed-assertion
const assert = require('assert');
function check() {
  assert.strictEqual(2 + 2, 5, 'sums');
}
check();
//% exit
console.log('before');
process.exit(3);
console.log('never');
//% exit-code
process.exitCode = 2;
console.log('goes on');
//% exit-zero
console.log('fine');
process.exit();
//% syntax-error
let a = 1;
let b = = 2;
//% let-twice
let a = 1;
let a = 2;
//% no-such-module
require('left-pad');
//% infinite-recursion
function f(n) { return f(n + 1) + 1; }
f(0);
//% iterate-a-number
const n = 5;
for (const x of n) console.log(x);
//% missing-class
const shape = new Shape(4);

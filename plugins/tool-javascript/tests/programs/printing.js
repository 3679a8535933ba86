//% several
console.log('a', 1, true, null, undefined, 'b c', [1, 'x'], { s: 'y' });
console.log();
console.info('info'); console.debug('debug');
//% directives
console.log('%s is %d years and %i, %f', 'Ada', 36.5, 36.9, '1.5', 'more', { a: 1 });
console.log('%o|%O|%j|%%|%c|%s', [1], { a: 1 }, { b: 2 }, 'css', 'x'); console.log('100%', 5); console.log('%d', '42', '%s');
//% quotes
console.log(['it\'s', 'say "hi"', `both ' and "`, 'tab\t', 'new\nline', 'back\\slash', '\u0007', 'ünï']);
//% groups
console.group('outer');
console.log('inside');
console.group();
console.log('two\nlines', { a: 1 });
console.groupEnd();
console.groupEnd();
console.log('out');
//% counts
console.count(); console.count('x'); console.count(); console.countReset(); console.count();
console.assert(true, 'never');
//% boxed
console.log(new Number(3), new String('abc'), new Boolean(false), Object(1n), Object(Symbol('s')), [new Date(0)], /a+/gi);
//% null-prototype
const o = Object.create(null);
o.a = 1;
console.log(o, Object.setPrototypeOf([1], null) instanceof Array, class {}, new (class Foo { constructor() { this.x = [1]; } })());
//% extended
class Stack extends Array {}
class Registry extends Map {}
const list = [1, 2];
list.extra = 'x';
console.log(Stack.from([1, 2]), new Registry([[1, { a: 2 }]]), list, Object.assign(() => {}, { a: 1 }), Object.assign(function f() {}, { b: 2 }));
//% long-lines
console.log({ first: 'aaaaaaaaaaaaaaaaaaaa', second: 'bbbbbbbbbbbbbbbbbbbbbbb', third: 'cccccccccccccccc', d: 1 });
console.log(['a long text that goes on', 'another long text that goes on', 'and a third one of that kind']);
console.log(new Map([['alpha', { x: 1, y: 2 }], ['beta', { x: 3, y: 4 }], ['gamma', { x: 5, y: 6 }]]));
//% deep-arrays
console.log([[1, 2, [3, 4, [5, [6]]]], { a: [{ b: { c: {} } }] }], [[[[]]]], [[[[1]]]]);
//% numbers-in-columns
console.log([1.5, 22.25, 333.125, 4, 5, 6, 7, 8, 9, 10, 11, 12], [true, false, true, false, true, false, true], [1n, 2n, 3n, 4n, 5n, 6n, 7n], [-1, -22, 3, 4, 5, 6, 7]);
//% set-of-objects
console.log(new Set([{ a: 1 }, [1, 2]]), new Set(), new Map([[{ k: 1 }, 'v']]), [new Map([[1, 2]])], { s: new Set([1]) });
//% stdout-write
process.stdout.write('no newline, ');
process.stdout.write('then one\n');
console.log(typeof process.argv[0], process.argv.length >= 2);
//% inspect-and-format
const util = require('util');
console.log(util.inspect({ a: [1, { b: 2 }] }), util.format('%s-%d', 'x', 5), util.inspect('text'));
//% exported
function add(a, b) { return a + b; }
module.exports = { add };
if (require.main === module) console.log('main', module.exports.add(1, 2));
//% assertions
const assert = require('node:assert');
assert.strictEqual(1 + 1, 2); assert.deepStrictEqual({ a: [1, new Set([2])] }, { a: [1, new Set([2])] }); assert(true); assert.equal('1', 1);
assert.throws(() => { throw new TypeError('bad'); }, TypeError); assert.throws(() => { throw new Error('bad x'); }, /bad/); assert.notDeepStrictEqual([1], ['1']);
for (const test of [() => assert.strictEqual(1, 2), () => assert.deepStrictEqual([1], [2]), () => assert.ok(0), () => assert.throws(() => {}), () => assert.deepStrictEqual({ a: 1 }, { a: 1, b: undefined }), () => assert.fail('given')]) {
  try { test(); console.log('held'); } catch (error) { console.log(error.name, error.code, error instanceof assert.AssertionError); }
}
//% events
const EventEmitter = require('events');
class Door extends EventEmitter {}
const door = new Door();
door.on('open', (who) => console.log('on', who)); door.once('open', () => console.log('once'));
console.log(door.emit('open', 'Ada'), door.emit('open', 'Bob'), door.emit('shut'));

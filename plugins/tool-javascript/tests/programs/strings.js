//% slicing
const s = 'Hello, World';
console.log(s.slice(-5), s.substring(7, 3), s.substr(1, 3), s.at(-1), s[0], s[99], s.charAt(99) === '', s.length);
//% search
const s = 'the cat sat on the mat';
console.log(s.indexOf('at'), s.lastIndexOf('at'), s.includes('sat'), s.startsWith('the'), s.endsWith('mat'), s.search(/s.t/));
//% change
console.log('abc'.toUpperCase(), ' x '.trim() + '|', 'ab'.repeat(3), 'a-b-c'.split('-'), 'a-b-c'.replaceAll('-', '+'), '5'.padStart(3, '0'), 'x'.padEnd(4, '.') + '|');
//% split
console.log('abc'.split(''), 'a,b,,c'.split(','), 'a1b2c3'.split(/\d/), 'a1b2'.split(/(\d)/), 'a b c'.split(' ', 2), ''.split(','), ''.split(''));
//% template
const name = 'Ada', items = ['x', 'y'];
console.log(`Hi ${name}, ${items.length > 1 ? `${items.length} items` : 'one'}: ${items}
next line`);
//% tagged
const tag = (parts, ...values) => parts.raw.map((part, i) => part + (values[i] ?? '')).join('|');
console.log(tag`a${1}\n${2}b`);
//% code-points
console.log('😀'.length, [...'a😀b'].length, 'é'.normalize('NFD').length, 'a'.codePointAt(0), String.fromCodePoint(128512), '\u0041\x42', 'ß'.toUpperCase());
//% palindrome
const isPalindrome = (text) => {
  const clean = text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return clean === [...clean].reverse().join('');
};
console.log(isPalindrome('A man, a plan, a canal: Panama'), isPalindrome('no'));
//% caesar
const caesar = (text, by) => text.replace(/[a-z]/gi, (c) => {
  const base = c <= 'Z' ? 65 : 97;
  return String.fromCharCode(((c.charCodeAt(0) - base + by + 26) % 26) + base);
});
console.log(caesar('Hello, World!', 3), caesar(caesar('Zebra', 5), -5));
//% word-count
const counts = {};
for (const word of 'the quick the lazy the end'.split(' ')) counts[word] = (counts[word] || 0) + 1;
console.log(counts, Object.entries(counts).sort(([, a], [, b]) => b - a)[0]);
//% compare
console.log('a' < 'b', 'B' < 'a', '10' < '9', 10 < 9, 'a'.localeCompare('b'), ['b', 'a', 'C'].sort());
//% anagrams
const groups = new Map();
for (const w of ['eat', 'tea', 'tan', 'ate', 'nat', 'bat']) {
  const key = [...w].sort().join('');
  groups.set(key, [...(groups.get(key) ?? []), w]);
}
console.log([...groups.values()]);
//% roman
const roman = (n) => [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']]
  .reduce((text, [value, sign]) => { while (n >= value) { text += sign; n -= value; } return text; }, '');
console.log([1994, 2024, 49, 3999].map(roman));
//% match-all
for (const m of 'a1 b22 c333'.matchAll(/([a-z])(\d+)/g)) console.log(m.index, m[0], m[1], m[2]);
//% named-groups
const { groups: { year, month } } = /(?<year>\d{4})-(?<month>\d\d)/.exec('on 2024-05-17');
console.log(year, month, '2024-05'.replace(/(?<y>\d+)-(?<m>\d+)/, '$<m>/$<y>'));
//% replace-patterns
console.log('John Smith'.replace(/(\w+)\s(\w+)/, '$2, $1'), 'aaa'.replace('a', '$&$&'), 'x-y'.replace(/-/, (m, at) => `[${m}${at}]`), 'a.b.c'.replace(/\./g, ''));
//% lookaround
console.log('$5 €6 $7'.match(/(?<=\$)\d/g), 'foobar foobaz'.match(/foo(?!bar)\w+/)[0], /^(?=.*\d)(?=.*[a-z]).{4,}$/.test('ab12'));
//% sticky-and-flags
const r = /o/gy;
r.lastIndex = 1;
console.log(r.exec('foo').index, r.exec('foo').index, r.exec('foo'), /A/i.test('a'), /a.b/s.test('a\nb'), /^b/m.test('a\nb'), r.flags);
//% unicode-regexp
console.log('Ünïcödé 123'.match(/\p{L}+/gu), /^.$/u.test('😀'), 'naïve'.replace(/\p{Diacritic}/gu, ''), 'a😀'.match(/./gu));
//% backreference
console.log(/(\w)\1/.exec('hello')[0], 'abab'.match(/^(ab)\1$/) !== null, 'aXbX'.split(/X/));
//% tokenizer
const tokens = [];
const pattern = /\s*(?:(\d+\.?\d*)|(.))/gy;
for (let m; (m = pattern.exec('3.5 + (42*x)'));) tokens.push(m[1] ? Number(m[1]) : m[2]);
console.log(tokens);
//% json
console.log(JSON.stringify({ a: [1, 'x', null, true], b: { c: undefined, d: () => 1 }, e: NaN, f: new Date(0) }));
console.log(JSON.stringify([1, { a: 2 }], null, 2), JSON.stringify('a"\n\u2028'), JSON.stringify(undefined));
//% json-more
console.log(JSON.parse('{"a":[1,2,{"b":null}]}').a[2].b, JSON.parse('"\\u0041"'), JSON.stringify({ a: 1, b: 2, c: 3 }, ['a', 'c']), JSON.stringify({ a: 5, b: 'x' }, (k, v) => (typeof v === 'number' ? v * 2 : v)), JSON.parse('[1,2]', (k, v) => (Array.isArray(v) ? v : v === undefined ? v : v + 1)));
//% json-fails
for (const text of ['{a:1}', '[1,]', '', '{"a":1', "{'a':1}"]) {
  try { JSON.parse(text); console.log('read', text); } catch (error) { console.log(error.name); }
}
const loop = {};
loop.self = loop;
try { JSON.stringify(loop); } catch (error) { console.log(error instanceof TypeError); }
try { JSON.stringify(1n); } catch (error) { console.log(error.constructor.name); }

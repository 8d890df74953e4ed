import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './json.js';

/** The definition, written for clarity alone. */
function plainly(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(plainly).join(',')}]`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${plainly(member)}`).join(',')}}`;
}

const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constantFrom('10', '9', '__proto__', '', 'é"\\'));
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    texts,
    fc.double(),
    fc.integer(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.array(fc.tuple(texts, tie('json')), { maxLength: 5 }).map((members) => Object.fromEntries(members)),
  ),
}));

test('any value has the text of the definition, which JSON.parse reads back', () => {
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value);
      expect(text).toBe(plainly(value));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test('the order in which members were written changes nothing', () => {
  expect(canonicalJson({ b: 1, a: { d: '\n', c: undefined } })).toBe('{"a":{"d":"\\n"},"b":1}');
  expect(canonicalJson({ a: { d: '\n' }, b: 1 })).toBe('{"a":{"d":"\\n"},"b":1}');
  expect(canonicalJson({ 9: true, 10: false })).toBe('{"10":false,"9":true}');
});

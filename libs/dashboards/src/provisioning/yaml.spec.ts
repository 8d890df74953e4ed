import { expect, test } from '@jest/globals';
import { type Plain, toYaml } from './yaml.js';

test('objects, lists of objects, lists of values and what is empty have the form that the formatter wants', () => {
  const value: Record<string, Plain> = {
    apiVersion: 1,
    prune: true,
    list: [
      { name: 'Read models', inner: { url: 'http://prometheus:9090' } },
      { name: 'b', folders: ['Sales', 'Продажи'] },
    ],
    none: [],
    nothing: {},
  };
  expect(toYaml(value, ['One.', 'Two.'])).toBe(`# One.
# Two.
apiVersion: 1
prune: true
list:
  - name: Read models
    inner:
      url: http://prometheus:9090
  - name: b
    folders:
      - Sales
      - 'Продажи'
none: []
nothing: {}
`);
});

test.each([
  ['$__file{/run/secrets/a}', `'$__file{/run/secrets/a}'`],
  ['15s', `'15s'`],
  ['yes', `'yes'`],
  ['null', `'null'`],
  ['', `''`],
  ['a: b', `'a: b'`],
  ['a #b', `'a #b'`],
  ['- a', `'- a'`],
  ['ends ', `'ends '`],
  [`it's`, `"it's"`],
  ['two\nlines', `"two\\nlines"`],
  ['/etc/grafana/dashboards', '/etc/grafana/dashboards'],
  ['postgres:5432', 'postgres:5432'],
])('%j is written so that it is read as the same text', (text, written) => {
  expect(toYaml({ key: text }, [])).toBe(`key: ${written}\n`);
});

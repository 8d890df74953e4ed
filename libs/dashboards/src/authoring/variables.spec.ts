import { describe, expect, test } from '@jest/globals';
import { selected } from './selected.js';
import { consoleVariable, variable } from './variables.js';

describe.each(Object.entries(variable))('%s', (_, make) => {
  const built = make().build();

  test('asks the read models for values and texts, again whenever the range changes, in the order of the query', () => {
    expect(built).toMatchObject({ type: 'query', refresh: 2, sort: 0, datasource: { uid: 'pg-readmodel' } });
    expect(built.query).toMatch(/AS "__value"/);
    expect(built.query).toMatch(/AS "__text"/);
    expect(built.query).toMatch(/FROM grafana\.\w+/);
  });

  test('takes no value that is not among its options, and lists every option for All but of sellers, who are a star', () => {
    expect(built.allowCustomValue).toBe(false);
    expect(built.allValue).toBe(built.name === 'seller' ? "'*'" : undefined);
  });

  test('reads only what is selected before it', () => {
    if (built.name !== 'portal') expect(built.query).toContain(selected.portal());
  });
});

test('portals come one at a time or many at once, under the same name', () => {
  expect(variable.portal().build()).toMatchObject({ name: 'portal', multi: false, includeAll: false });
  expect(variable.portals().build()).toMatchObject({
    name: 'portal',
    multi: true,
    includeAll: true,
    current: { value: ['$__all'] },
  });
  expect(variable.sellers().build()).toMatchObject({ name: 'seller', multi: true, includeAll: true });
});

test('the address of the console is a hidden constant that a page address cannot replace', () => {
  expect(consoleVariable('https://funnel.example.com').build()).toMatchObject({
    type: 'constant',
    name: 'console',
    query: 'https://funnel.example.com',
    current: { value: 'https://funnel.example.com' },
    hide: 2,
    skipUrlSync: true,
  });
});

test('what is selected is quoted by Grafana, kept in the type of the column, and may be nothing', () => {
  expect(selected.portal('q.portal_id')).toBe(
    "q.portal_id = ANY(ARRAY(SELECT substring(chosen FROM '^[0-9a-f-]{36}')::uuid FROM unnest(ARRAY[${portal:sqlstring}]::text[]) AS chosen))",
  );
  expect(selected.seller()).toBe('user_id = ANY(ARRAY[${seller:sqlstring}]::text[])');
  expect(selected.variable('projection', 'projection')).toBe(
    'projection = ANY(ARRAY[${projection:sqlstring}]::text[])',
  );
});

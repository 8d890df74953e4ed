import { describe, expect, it } from '@jest/globals';
import { type BatchOutcome, substituteReferences } from './batch-references.js';

const outcome: BatchOutcome = {
  result: new Map<string, unknown>([
    ['deals', [{ ID: '1' }, { ID: '2' }]],
    ['items', { items: [{ id: 7 }] }],
    ['nothing', null],
  ]),
  next: new Map([['deals', 50]]),
  total: new Map([['deals', 120]]),
  time: new Map(),
  error: new Map(),
};

const replaced = (value: unknown) => substituteReferences(value, outcome);

describe('references between commands', () => {
  it('take values by path', () => {
    expect(replaced({ id: '$result[deals][1][ID]', '>id': '$result[items][items][0][id]' })).toEqual({
      id: '2',
      '>id': 7,
    });
    expect(replaced('$next[deals]')).toBe(50);
    expect(replaced('$total[deals]')).toBe(120);
  });

  it('pass whole lists only when they are the whole value', () => {
    expect(replaced('$result[deals]')).toEqual([{ ID: '1' }, { ID: '2' }]);
    expect(replaced('ids: $result[deals]')).toBe('ids: ');
    expect(replaced('D_$result[deals][0][ID]')).toBe('D_1');
  });

  it('give the last level of a path that breaks off', () => {
    expect(replaced('$result[deals][49][ID]')).toEqual([{ ID: '1' }, { ID: '2' }]);
  });

  it('cannot pass nothing', () => {
    expect(replaced('$result[nothing]')).toBe('');
  });
});

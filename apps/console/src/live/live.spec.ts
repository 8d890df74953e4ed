import { describe, expect, it } from '@jest/globals';
import { parseChange } from './parse-change.js';
import { rememberChanged } from './recent-records.js';

describe('a live change', () => {
  it('is read with its records', () => {
    const text = JSON.stringify({
      position: '3:1042',
      events: 2,
      kinds: ['deal', 7],
      records: [{ kind: 'deal', id: '5' }, { kind: 'deal' }, null],
      more: false,
    });
    expect(parseChange(text)).toEqual({
      position: '3:1042',
      events: 2,
      kinds: ['deal'],
      records: [{ kind: 'deal', id: '5' }],
      more: false,
    });
  });

  it('is left alone when it is something else', () => {
    expect(parseChange('<html>')).toBeNull();
    expect(parseChange('null')).toBeNull();
    expect(parseChange('{"position":5}')).toBeNull();
    expect(parseChange(undefined)).toBeNull();
  });

  it('is remembered for twenty seconds', () => {
    const first = rememberChanged(new Map(), [{ kind: 'deal', id: '1' }], 1000);
    const second = rememberChanged(first, [{ kind: 'deal', id: '2' }], 2000);
    expect([...second.keys()]).toEqual(['deal:1', 'deal:2']);
    expect([...rememberChanged(second, [], 21_500).keys()]).toEqual(['deal:2']);
  });
});

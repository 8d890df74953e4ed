import { describe, expect, it } from '@jest/globals';
import { fillMessage } from '../i18n/message.js';
import { ru } from '../i18n/ru.js';
import type { Translate } from '../i18n/i18n.js';
import { actionName } from './action-names.js';
import { auditQueryOf, readAuditSearch } from './audit-search.js';
import { objectOf } from './audit-object.js';
import { exportAddress } from './use-audit.js';

const t: Translate = (key, values) => fillMessage(ru[key], 'ru', values);
const accountId = '8bfa75ca-b3b6-466d-bd1a-e0fdbd0de8da';

describe('the filters of the record', () => {
  it('are read from the address', () => {
    const search = { action: 'session.begin', accountId, result: 'refused', from: '2026-03-01', through: '2026-03-31' };
    expect(readAuditSearch(search)).toEqual(search);
    expect(
      readAuditSearch({ action: "x'; drop", accountId: '7', result: 'odd', from: 'today', through: '2026-02-30' }),
    ).toEqual({});
    expect(readAuditSearch({ from: '2026-03-05', through: '2026-03-01' })).toEqual({ from: '2026-03-05' });
  });

  it('ask for whole days of the zone', () => {
    expect(auditQueryOf({ from: '2026-03-01', through: '2026-03-01' }, 'Europe/Moscow')).toEqual({
      from: '2026-02-28T21:00:00.000Z',
      to: '2026-03-01T21:00:00.000Z',
    });
    expect(auditQueryOf({}, 'UTC')).toEqual({});
  });

  it('hold for the file too', () => {
    expect(exportAddress(null, {}, 'UTC')).toBe('/api/v1/audit/export');
    expect(exportAddress('p', { action: 'personal.read', from: '2026-03-01' }, 'UTC')).toBe(
      '/api/v1/portals/p/audit/export?action=personal.read&from=2026-03-01T00%3A00%3A00.000Z',
    );
  });
});

describe('what was done', () => {
  it('is told in words, or as it is recorded', () => {
    expect(actionName('personal.read', t)).toBe('Чтение персональных данных');
    expect(actionName('odd.thing', t)).toBe('odd.thing');
    expect(actionName('constructor', t)).toBe('constructor');
  });

  it('is told of a record, of a list, or of what stands there', () => {
    expect(objectOf('deal:12')).toEqual({ record: { kind: 'deal', id: '12' } });
    expect(objectOf('list of 50')).toEqual({ listOf: 50 });
    expect(objectOf(accountId)).toEqual({ accountId });
    expect(objectOf('deal:0 NEW')).toEqual({ text: 'deal:0 NEW' });
    expect(objectOf('odd:12')).toEqual({ text: 'odd:12' });
  });
});

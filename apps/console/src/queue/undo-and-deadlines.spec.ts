import { describe, expect, it } from '@jest/globals';
import { formatDeadline, formatMoment } from '../format/deadlines.js';
import { kindOfEvent, timelineOf } from './case-timeline.js';
import { urgencyOf } from './deadline.js';
import { fillPlaces, parameterText } from './fill-places.js';
import { suggestionsFor } from './find-suggestions.js';
import { snoozeUntil } from './snooze-presets.js';
import { alive, shareLeft, takeNewest, UNDO_MS, without } from './undo-stack.js';
import { templatesFor } from './use-templates.js';

describe('decisions that can be taken back', () => {
  const stack = [
    { id: 1, atMs: 0 },
    { id: 2, atMs: 4_000 },
    { id: 3, atMs: 9_000 },
  ];

  it('are taken back from the newest on, for ten seconds', () => {
    const { newest, rest } = takeNewest(stack, 9_500);
    expect(newest?.id).toBe(3);
    expect(rest.map(({ id }) => id)).toEqual([1, 2]);
    expect(alive(stack, 10_000).map(({ id }) => id)).toEqual([2, 3]);
    expect(takeNewest(stack, 9_000 + UNDO_MS).newest).toBeUndefined();
    expect(alive(stack, 9_999)).toBe(stack);
  });

  it('are dropped when they came to nothing', () => {
    expect(without(stack, 2).map(({ id }) => id)).toEqual([1, 3]);
  });

  it('show how much time is left', () => {
    expect(shareLeft({ id: 1, atMs: 0 }, 2_500)).toBe(0.75);
    expect(shareLeft({ id: 1, atMs: 0 }, 99_000)).toBe(0);
  });
});

describe('a deadline', () => {
  const dueAt = '2026-03-02T14:00:00.000Z';
  const at = (time: string) => urgencyOf({ dueAt, severity: 'S1' }, Date.parse(`2026-03-02T${time}Z`));

  it('warns at a half and at four fifths of its time', () => {
    expect(at('11:59:00')).toBe('calm');
    expect(at('12:00:00')).toBe('soon');
    expect(at('13:11:00')).toBe('soon');
    expect(at('13:12:00')).toBe('close');
    expect(at('14:00:00')).toBe('over');
  });

  it('of a lighter breach has more time', () => {
    expect(urgencyOf({ dueAt, severity: 'S3' }, Date.parse('2026-03-01T14:00:00Z'))).toBe('soon');
    expect(urgencyOf({ dueAt, severity: 'S2' }, Date.parse('2026-03-01T15:00:00Z'))).toBe('calm');
  });

  it('is said as people say it, in the zone of the portal', () => {
    const now = Date.parse('2026-03-02T09:00:00Z');
    expect(formatDeadline(dueAt, 'Europe/Moscow', 'ru', now)).toBe('17:00');
    expect(formatDeadline('2026-03-03T07:00:00.000Z', 'Europe/Moscow', 'ru', now)).toBe('вт 10:00');
    expect(formatDeadline('2026-03-03T07:00:00.000Z', 'Europe/Moscow', 'en', now)).toBe('Tue 10:00');
    expect(formatDeadline('2026-02-27T07:00:00.000Z', 'Europe/Moscow', 'ru', now)).toBe('27 февр.');
    expect(formatMoment('2025-12-30T07:00:00.000Z', 'Europe/Moscow', 'en', now)).toBe('30 Dec 2025, 10:00');
  });
});

describe('a case is put off', () => {
  const zone = 'Europe/Moscow';
  it('until the morning, by the clock of the portal', () => {
    // Saturday evening in Moscow.
    const now = new Date('2026-11-28T20:30:00Z');
    expect(snoozeUntil('hour', now, zone)).toEqual({ kind: 'time', at: '2026-11-28T21:30:00.000Z' });
    expect(snoozeUntil('tomorrow', now, zone)).toEqual({ kind: 'time', at: '2026-11-29T07:00:00.000Z' });
    expect(snoozeUntil('monday', now, zone)).toEqual({ kind: 'time', at: '2026-11-30T07:00:00.000Z' });
    expect(snoozeUntil('count', now, zone)).toEqual({ kind: 'count', count: 3 });
  });

  it('on a Monday until the next one', () => {
    const monday = new Date('2026-11-30T05:00:00Z');
    expect(snoozeUntil('monday', monday, zone)).toEqual({ kind: 'time', at: '2026-12-07T07:00:00.000Z' });
  });
});

describe('the texts of a rule', () => {
  it('are filled with its parameters as they are read', () => {
    const parameters = {
      minutes: 30,
      rate: 0.5,
      sources: ['WEB', 'CALL'],
      limits: { NEW: 3, WON: ['a', 'b'] },
      empty: '',
    };
    expect(fillPlaces('за {minutes} мин, {rate}', parameters, 'ru')).toBe('за 30 мин, 0,5');
    expect(fillPlaces('{sources}; {limits}', parameters, 'en')).toBe('WEB, CALL; NEW: 3; WON: a, b');
    expect(fillPlaces('{empty} {unknown}', parameters, 'ru')).toBe('{empty} {unknown}');
    expect(parameterText(500_000, 'ru')).toBe('500\u202f000');
  });
});

describe('what happened', () => {
  const event = (eventId: string, occurredAt: string) => ({ eventId, occurredAt }) as never;
  const row = { startedAt: '2026-03-02T10:00:00.000Z', opensAt: '2026-03-02T12:00:00.000Z' } as never;

  it('is told around the breach, three steps to each side', () => {
    const hours = ['06', '07', '08', '09', '11', '13', '14', '15'];
    const around = hours.map((hour) => event(hour, `2026-03-02T${hour}:00:00.000Z`));
    const keys = timelineOf({ row, around }).map(({ key }) => key);
    expect(keys).toEqual(['07', '08', '09', 'breach', '11', 'opened', '13', '14']);
  });

  it('names the kind of record an event is about', () => {
    expect(kindOfEvent('DealStageMoved')).toBe('deal');
    expect(kindOfEvent('ProductRowsAppeared')).toBe('product-rows');
    expect(kindOfEvent('appeared')).toBeNull();
  });
});

describe('a search', () => {
  const searchable = {
    people: [
      { userId: '3', name: 'Анна Громова' },
      { userId: '4', name: 'Пётр Соколов' },
    ],
    rules: [{ ruleId: 'L01', text: 'L01 Первый ответ' }],
    kinds: [
      { kind: 'deal', name: 'Сделка' },
      { kind: 'lead', name: 'Лид' },
    ],
  };
  const found = (wanted: string) => suggestionsFor(wanted, searchable).map(({ change }) => change);

  it('finds people, rules and records', () => {
    expect(found('петр')).toEqual([{ person: '4' }]);
    expect(found('первый')).toEqual([{ rule: 'L01' }]);
    expect(found('сделка 123')).toEqual([{ about: 'deal:123' }]);
    expect(found('№ 123')).toEqual([{ about: 'deal:123' }, { about: 'lead:123' }]);
    expect(found('  ')).toEqual([]);
  });
});

describe('templates', () => {
  const template = (templateId: string, ruleId: string, name: string) => ({ templateId, ruleId, name, body: 'Текст' });
  it('of the rule come first, those of other rules not at all', () => {
    const all = [template('a', '', 'Общий'), template('b', 'L01', 'Звонок'), template('c', 'L03', 'Чужой')];
    expect(templatesFor(all, 'L01', '').map(({ templateId }) => templateId)).toEqual(['b', 'a']);
    expect(templatesFor(all, 'L01', 'звон').map(({ templateId }) => templateId)).toEqual(['b']);
  });
});

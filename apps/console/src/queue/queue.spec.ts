import { describe, expect, it } from '@jest/globals';
import type { CaseCommand, CaseRow, ListedCase } from '../api/schema.js';
import { afterCommand, belongsTo, compensationOf } from './case-fate.js';
import { linesOf, neighbour, offsetsOf, removedFrom } from './case-lines.js';
import { shownRows, stillPending } from './pending-cases.js';
import type { PendingCase } from './pending-cases.js';
import { filterOf, readQueueSearch } from './queue-search.js';
import { bindingsOf } from './queue-keys.js';
import type { QueueActions } from './queue-keys.js';

const me = '0d4c5a0e-0000-4000-8000-000000000001';

const rowOf = (caseId: string, change: Partial<ListedCase> = {}): ListedCase => ({
  caseId,
  ruleId: 'L01',
  severity: 'S2',
  mode: 'active',
  status: 'open',
  verdict: null,
  about: `deal:${caseId}`,
  responsible: { userId: '3', name: 'Анна Громова' },
  assignee: null,
  startedAt: '2026-03-02T06:00:00.000Z',
  opensAt: '2026-03-02T06:00:00.000Z',
  dueAt: '2026-03-03T06:00:00.000Z',
  resolvedAt: null,
  snoozedUntil: null,
  itemCount: 1,
  isRegressed: false,
  isSnoozed: false,
  coachingId: null,
  version: 1,
  ofPerson: 3,
  ofRule: 2,
  ...change,
});

const real: CaseCommand = { type: 'verdict', verdict: 'real', seconds: 4, template: '' };
const queue = filterOf({});
const inQueue = (row: CaseRow) => belongsTo(row, queue, me);

describe('the address of the queue', () => {
  it('keeps what is valid and leaves the rest out', () => {
    expect(readQueueSearch({ lane: 'waiting', rule: 'L01', person: '7', severity: 'S1', mine: 'yes' })).toEqual({
      lane: 'waiting',
      rule: 'L01',
      person: '7',
      severity: 'S1',
      mine: 'yes',
    });
    expect(
      readQueueSearch({ lane: 'nowhere', rule: 'l01', person: 'x', severity: 'S9', case: '1', mine: 'no' }),
    ).toEqual({});
    expect(readQueueSearch({ lane: 'queue' })).toEqual({});
  });
});

describe('a decision is shown before the API has carried it out', () => {
  it('confirmed, a case waits for its fix, or is closed when it is fixed already', () => {
    expect(afterCommand(rowOf('1'), real, me).status).toBe('waiting');
    expect(afterCommand(rowOf('1', { resolvedAt: '2026-03-02T07:00:00.000Z' }), real, me).status).toBe('closed');
    expect(afterCommand(rowOf('1'), { ...real, verdict: 'false' }, me).status).toBe('closed');
    expect(afterCommand(rowOf('1'), { ...real, verdict: 'need-info' }, me).status).toBe('open');
  });

  it('in the list it belongs to then', () => {
    const snoozed = {
      ...rowOf('1'),
      ...afterCommand(rowOf('1'), { type: 'snooze', until: { kind: 'event' }, reason: 'later' }, me),
    };
    expect(inQueue(snoozed)).toBe(false);
    expect(belongsTo(snoozed, filterOf({ lane: 'snoozed' }), me)).toBe(true);
    const baseline = rowOf('1', { mode: 'baseline' });
    expect(belongsTo(afterCommand(baseline, real, me), filterOf({ lane: 'baseline' }), me)).toBe(true);
    expect(inQueue(baseline)).toBe(false);
  });

  it('also by the filter', () => {
    const mine = filterOf({ mine: 'yes' });
    expect(belongsTo(rowOf('1'), mine, me)).toBe(false);
    expect(belongsTo(afterCommand(rowOf('1'), { type: 'assign', to: 'me' }, me), mine, me)).toBe(true);
  });
});

describe('a decision is taken back', () => {
  it('by the command that makes the case what it was', () => {
    expect(compensationOf(real, rowOf('1'))).toEqual({ type: 'undo-verdict' });
    expect(compensationOf(real, rowOf('1', { verdict: 'need-info' }))).toMatchObject({ verdict: 'need-info' });
    expect(compensationOf({ type: 'assign', to: 'me' }, rowOf('1'))).toEqual({ type: 'assign', to: null });
    expect(compensationOf({ type: 'merge', into: me }, rowOf('1'))).toEqual({ type: 'reopen' });
    expect(compensationOf({ type: 'close' }, rowOf('1'))).toEqual({ type: 'reopen' });
    expect(compensationOf({ type: 'snooze', until: { kind: 'event' }, reason: 'data' }, rowOf('1'))).toEqual({
      type: 'wake',
    });
  });

  it('not when it decides a dispute', () => {
    expect(compensationOf({ type: 'decide-dispute', verdict: 'real' }, rowOf('1'))).toBeNull();
  });
});

describe('rows that were acted on', () => {
  const rows = [
    rowOf('1'),
    rowOf('2', { dueAt: '2026-03-03T07:00:00.000Z' }),
    rowOf('3', { ruleId: 'L03', ofRule: 1 }),
  ];
  const decided = (version: number | null): PendingCase => ({
    row: { ...rowOf('2'), ...afterCommand(rowOf('2'), real, me) },
    version,
    settledAtMs: version === null ? null : 1_000,
  });

  it('leave at once and stay away until the list knows', () => {
    const shown = shownRows(rows, new Map([['2', decided(null)]]), inQueue);
    expect(shown.map(({ caseId }) => caseId)).toEqual(['1', '3']);
    expect([...removedFrom(rows, shown)]).toEqual([
      ['person:3', 1],
      ['person:3:L01', 1],
    ]);
    // The list that was read before the decision says it is still there.
    expect(shownRows(rows, new Map([['2', decided(2)]]), inQueue)).toHaveLength(2);
    // One that was read after it is believed.
    const caughtUp = rows.map((row) => (row.caseId === '2' ? { ...row, version: 2 } : row));
    expect(shownRows(caughtUp, new Map([['2', decided(2)]]), inQueue)).toHaveLength(3);
  });

  it('come back to their place when the decision is taken back', () => {
    const back: PendingCase = { row: { ...(rows[1] ?? rowOf('2')), version: 3 }, version: 3, settledAtMs: 1_000 };
    const shown = shownRows([rows[0] ?? rowOf('1'), rows[2] ?? rowOf('3')], new Map([['2', back]]), inQueue);
    expect(shown.map(({ caseId }) => caseId)).toEqual(['1', '2', '3']);
  });

  it('are forgotten once the list knows, or after a while', () => {
    const pending = new Map([['2', decided(2)]]);
    expect(stillPending(pending, rows, 2_000)).toBe(pending);
    expect(stillPending(pending, [rowOf('2', { version: 2 })], 2_000).size).toBe(0);
    expect(stillPending(pending, rows, 40_000).size).toBe(0);
    const unanswered = new Map([['2', decided(null)]]);
    expect(stillPending(unanswered, rows, 9_999_999)).toBe(unanswered);
  });
});

describe('the list', () => {
  const rows = [
    rowOf('1', { ofPerson: 3, ofRule: 2 }),
    rowOf('2', { ofPerson: 3, ofRule: 2 }),
    rowOf('3', { ruleId: 'L03', ofPerson: 3, ofRule: 1 }),
    rowOf('4', { responsible: null, ofPerson: 40, ofRule: 40 }),
  ];

  it('stands under headings of persons and rules with their sizes, those not read yet included', () => {
    const lines = linesOf(
      rows,
      new Map([
        ['person:', 2],
        ['person::L01', 2],
      ]),
    );
    expect(lines.map(({ kind, key }) => `${kind} ${key}`)).toEqual([
      'person person:3',
      'rule person:3:L01',
      'case 1',
      'case 2',
      'rule person:3:L03',
      'case 3',
      'person person:',
      'rule person::L01',
      'case 4',
    ]);
    expect(lines.flatMap((line) => (line.kind === 'case' ? [] : [line.count]))).toEqual([3, 2, 1, 38, 38]);
    expect(offsetsOf(lines, { person: 36, rule: 28, case: 34 }).slice(0, 4)).toEqual([0, 36, 64, 98]);
  });

  it('is gone through line by line, also from a case that is gone', () => {
    expect(neighbour(rows, '2', 0, 1)?.caseId).toBe('3');
    expect(neighbour(rows, '1', 0, -1)?.caseId).toBe('1');
    expect(neighbour(rows, '4', 3, 1)?.caseId).toBe('4');
    expect(neighbour(rows, 'gone', 1, 1)?.caseId).toBe('2');
    expect(neighbour(rows, 'gone', 1, -1)?.caseId).toBe('1');
    expect(neighbour([], 'gone', 1, 1)).toBeUndefined();
  });
});

describe('the keys', () => {
  const said: string[] = [];
  const note =
    (word: string) =>
    (...args: unknown[]) =>
      void said.push([word, ...args].join(' '));
  const actions = Object.fromEntries(
    ['move', 'open', 'leave', 'find', 'lane', 'verdict', 'deed', 'select', 'undo'].map((word) => [word, note(word)]),
  ) as unknown as QueueActions;
  const press = (...keys: string[]) => {
    said.length = 0;
    for (const key of keys) bindingsOf(actions, true)[key]?.();
    return said;
  };

  it('are those of the trade', () => {
    expect(press('KeyJ', 'KeyK', 'Enter')).toEqual(['move 1', 'move -1', 'open']);
    expect(press('Digit1', 'Digit2', 'Digit3', 'Digit4')).toEqual([
      'verdict real',
      'verdict acceptable',
      'verdict false',
      'verdict need-info',
    ]);
    expect(press('KeyD', 'KeyE', 'KeyH', 'KeyA', 'KeyM', 'KeyF')).toEqual([
      'deed merge',
      'deed close',
      'deed snooze',
      'deed assign',
      'deed template',
      'deed feedback',
    ]);
    expect(press('KeyX', 'Shift+KeyX', 'Slash', 'KeyZ')).toEqual(['select false', 'select true', 'find', 'undo']);
    expect(press('KeyG KeyQ', 'KeyG KeyW', 'KeyG KeyD', 'KeyG KeyS', 'KeyG KeyB')).toEqual([
      'lane queue',
      'lane waiting',
      'lane disputed',
      'lane snoozed',
      'lane baseline',
    ]);
  });

  it('change nothing where cases are only looked at', () => {
    const keys = Object.keys(bindingsOf(actions, false)).filter((key) => !key.startsWith('KeyG '));
    expect(keys.sort()).toEqual(['ArrowDown', 'ArrowUp', 'Enter', 'Escape', 'KeyJ', 'KeyK', 'Slash']);
  });

  it('leave the letters of other pages free', () => {
    const letters = Object.keys(bindingsOf(actions, true)).filter((key) => key.startsWith('KeyG '));
    for (const page of ['KeyP', 'KeyO', 'KeyF', 'KeyU', 'KeyH', 'KeyR', 'KeyV', 'KeyK'])
      expect(letters).not.toContain(`KeyG ${page}`);
    expect(letters).toHaveLength(10);
  });
});

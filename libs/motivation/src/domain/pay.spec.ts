import { expect, test } from '@jest/globals';
import { Rejection } from '@funnelwatch/kernel';
import fc from 'fast-check';
import {
  decidePayDispute,
  evolvePayDispute,
  noDispute,
  type PayDisputeCommand,
  type PayDisputeState,
} from './pay-dispute.js';
import { type ClosingRefusal, decideClosing, evolvePayPeriods, type PayPeriodsState } from './pay-period.js';

const closing = (month: string) => ({ month, asAt: '3:1', payslips: 1, totalKopecks: '1', by: 'finance' });
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
  return 'done';
};

test('a month is closed once, in order, and only when nothing is left to settle', () => {
  const refusals: ClosingRefusal[] = [{ code: 'SCHEME_UNSIGNED', values: { userId: '4' } }];
  expect(codeOf(() => decideClosing(closing('2026-03'), refusals, []))).toBe('PERIOD_NOT_READY');
  const state = decideClosing(closing('2026-03'), [], []).reduce(evolvePayPeriods, [] as PayPeriodsState);
  expect(codeOf(() => decideClosing(closing('2026-03'), [], state))).toBe('PERIOD_CLOSED');
  expect(codeOf(() => decideClosing(closing('2026-02'), [], state))).toBe('PERIOD_ORDER');
  expect(codeOf(() => decideClosing(closing('2026-04'), [], state))).toBe('done');
});

test('whatever is tried, a closed month is closed once and months stay in order', () => {
  const months = fc.array(
    fc.integer({ min: 10, max: 12 }).map((month) => `2026-${month}`),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(months, (tried) => {
      let state: PayPeriodsState = [];
      for (const month of tried) {
        const before = state;
        if (codeOf(() => (state = decideClosing(closing(month), [], state).reduce(evolvePayPeriods, state))) === 'done')
          expect(state).toEqual([...before, month]);
        else expect(state).toBe(before);
      }
      expect([...new Set(state)].toSorted()).toEqual(state);
    }),
  );
});

const objection = { type: 'Dispute', disputeId: 'd', month: '2026-03', userId: '4', line: null } as const;
const decision = {
  type: 'DecideDispute',
  outcome: 'upheld',
  correctionKopecks: '100',
  by: 'head',
  closedBy: null,
} as const;
const after = (...commands: PayDisputeCommand[]): PayDisputeState =>
  commands.reduce((state, command) => decidePayDispute(command, state).reduce(evolvePayDispute, state), noDispute);

test('an objection is decided once, by somebody else than who closed the month', () => {
  const open = after(objection);
  expect(codeOf(() => decidePayDispute({ ...decision, closedBy: 'head' }, open))).toBe('DISPUTE_OWN_CLOSING');
  const upheld = after(objection, decision);
  expect(upheld).toMatchObject({ status: 'upheld', correctionKopecks: '100', decidedBy: 'head' });
  expect(decidePayDispute(decision, upheld)).toEqual([]);
  expect(codeOf(() => decidePayDispute({ ...decision, outcome: 'declined', correctionKopecks: '0' }, upheld))).toBe(
    'DISPUTE_DECIDED',
  );
  expect(codeOf(() => decidePayDispute({ ...decision, outcome: 'declined' }, open))).toBe('DISPUTE_CORRECTION_INVALID');
});

test('whoever objected may take it back until it is decided, and nobody else', () => {
  const open = after(objection);
  expect(codeOf(() => decidePayDispute({ type: 'WithdrawDispute', userId: '5' }, open))).toBe('DISPUTE_UNKNOWN');
  expect(after(objection, { type: 'WithdrawDispute', userId: '4' })).toMatchObject({ status: 'withdrawn' });
  expect(codeOf(() => decidePayDispute({ type: 'WithdrawDispute', userId: '4' }, after(objection, decision)))).toBe(
    'DISPUTE_DECIDED',
  );
  expect(codeOf(() => decidePayDispute(decision, noDispute))).toBe('DISPUTE_UNKNOWN');
});

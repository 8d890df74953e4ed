import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { MotivationScheme } from '../scheme/scheme.js';
import {
  decideScheme,
  evolveScheme,
  noScheme,
  type SchemeCommand,
  type SchemeContent,
  type SchemeEvent,
  type SchemeState,
  versionFor,
} from './scheme.js';

const scheme = (amount: string): MotivationScheme => ({ name: 'Sellers', currency: 'RUB', salary: { amount } });
const content = (amount: string, sellerIds = ['4', '5']): SchemeContent => ({ scheme: scheme(amount), sellerIds });
const draft = (amount = '20000.00'): SchemeCommand => ({
  type: 'DraftScheme',
  schemeId: 's',
  content: content(amount),
});
const approve = (version: number, faults = 0): SchemeCommand => ({ type: 'ApproveScheme', version, faults });
const issue = (version: number, fromMonth: string, closedThrough: string | null = null): SchemeCommand => ({
  ...{ type: 'IssueScheme', version, fromMonth, closedThrough },
});
const sign = (version: number, userId: string): SchemeCommand => ({ type: 'SignScheme', version, userId });
const withdraw = (fromMonth: string, closedThrough: string | null = null): SchemeCommand => ({
  ...{ type: 'WithdrawScheme', fromMonth, closedThrough },
});

type By = [by: string, command: SchemeCommand];
const after = (...commands: By[]): SchemeState =>
  commands.reduce((state, [by, command]) => decideScheme(command, state, by).reduce(evolveScheme, state), noScheme);
const refusal = (command: SchemeCommand, state: SchemeState, by = 'head'): unknown => {
  try {
    decideScheme(command, state, by);
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};
const issued: By[] = [
  ['head', draft()],
  ['finance', approve(1)],
  ['head', issue(1, '2026-03')],
];

test('two people stand for a scheme, and it pays from its month on', () => {
  const state = after(...issued, ['4', sign(1, '4')]);
  expect(versionFor(state, '2026-02', '4')).toBeNull();
  expect(versionFor(state, '2026-05', '4')).toMatchObject({ version: 1, approvedBy: 'finance', signedBy: ['4'] });
  expect(versionFor(state, '2026-05', '9')).toBeNull();
});

test('a change after the approval is another version, and what was paid by stays', () => {
  const state = after(...issued, ['head', draft('25000.00')], ['finance', approve(2)], ['head', issue(2, '2026-06')]);
  const paid = ['2026-03', '2026-05', '2026-06'].map(
    (month) => versionFor(state, month, '4')?.content.scheme.salary.amount,
  );
  expect(paid).toEqual(['20000.00', '20000.00', '25000.00']);
  expect(versionFor(after(...issued, ['head', withdraw('2026-04')]), '2026-04', '4')).toBeNull();
});

test('what is said again changes nothing', () => {
  const state = after(...issued, ['4', sign(1, '4')]);
  for (const [by, command] of [...issued, ['4', sign(1, '4')] as By])
    expect(decideScheme(command, state, by)).toEqual([]);
  const gone = after(...issued, ['head', withdraw('2026-04')]);
  expect(decideScheme(withdraw('2026-05'), gone, 'head')).toEqual([]);
  const sorted = Object.fromEntries(Object.entries(content('20000.00')).toSorted()) as unknown as SchemeContent;
  expect(decideScheme(draft(), after(['head', { ...draft(), content: sorted } as SchemeCommand]), 'head')).toEqual([]);
});

test.each<[string, SchemeCommand, SchemeState, string?]>([
  ['SCHEME_UNKNOWN', approve(1), noScheme],
  ['SCHEME_VERSION_UNKNOWN', approve(2), after(['head', draft()])],
  ['SCHEME_OWN_APPROVAL', approve(1), after(['head', draft()])],
  ['SCHEME_HAS_FAULTS', approve(1, 1), after(['head', draft()]), 'finance'],
  ['SCHEME_NOT_APPROVED', issue(1, '2026-03'), after(['head', draft()])],
  ['SCHEME_ALREADY_ISSUED', issue(1, '2026-04'), after(...issued)],
  ['SCHEME_MONTH_INVALID', issue(1, '2026-03', '2026-03'), after(['head', draft()], ['finance', approve(1)])],
  ['SCHEME_MONTH_INVALID', issue(2, '2026-03'), after(...issued, ['head', draft('1.00')], ['finance', approve(2)])],
  ['SCHEME_MONTH_INVALID', withdraw('2026-03', '2026-03'), after(...issued)],
  ['SCHEME_NOT_ISSUED', sign(1, '4'), after(['head', draft()], ['finance', approve(1)])],
  ['SCHEME_NOT_BOUND', sign(1, '9'), after(...issued)],
  ['SCHEME_WITHDRAWN', draft('2.00'), after(...issued, ['head', withdraw('2026-04')])],
  ['SCHEME_WITHDRAWN', sign(1, '4'), after(...issued, ['head', withdraw('2026-04')])],
])('%s', (code, command, state, by = 'head') => {
  expect(refusal(command, state, by)).toBe(code);
});

const command: fc.Arbitrary<By> = fc.tuple(
  fc.constantFrom('head', 'finance'),
  fc.oneof(
    fc.constantFrom('1.00', '2.00', '3.00').map(draft),
    fc.integer({ min: 1, max: 3 }).map((version) => approve(version)),
    fc
      .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }))
      .map(([version, month]) => issue(version, `2026-0${month}`)),
  ),
);

test('whatever is commanded: what pays was approved by somebody else, and never changes', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let state: SchemeState = noScheme;
      let promised: Record<string, string> = {};
      for (const [by, one] of commands) {
        let events: SchemeEvent[];
        try {
          events = decideScheme(one, state, by);
        } catch {
          events = [];
        }
        state = events.reduce(evolveScheme, state);
        if (state.status === 'absent') continue;
        const paying = state.versions.filter(({ fromMonth }) => fromMonth !== null);
        expect(paying.every(({ draftedBy, approvedBy }) => approvedBy !== null && approvedBy !== draftedBy)).toBe(true);
        const now = Object.fromEntries(
          paying.map(({ version, fromMonth, content: said }) => [
            String(version),
            `${fromMonth} ${JSON.stringify(said)}`,
          ]),
        );
        expect(now).toMatchObject(promised);
        promised = now;
      }
    }),
  );
});

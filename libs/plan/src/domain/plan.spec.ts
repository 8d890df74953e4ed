import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decidePlan,
  evolvePlan,
  noPlan,
  type PlanCommand,
  type PlanContent,
  type PlanEvent,
  type PlanState,
  versionOn,
} from './plan.js';

const subject = { month: '2026-03', pipelineId: 'deal:0', teamId: '5' };
const content = (targetKopecks: string): PlanContent => ({
  name: 'March',
  targetKopecks,
  averageSaleKopecks: '4000000',
  statedSales: 20,
  marginKopecks: null,
  breakEven: null,
  steps: [{ indicatorId: 'proposals', entered: 60, converted: 12 }],
  base: { method: 'cohort', from: '2026-01-01', to: '2026-02-01', horizonDays: 30, pooling: 'pooled' },
  rounding: 'final',
  split: 'up',
  sellers: ['1', '2'].map((userId) => ({ userId, weight: 1 })),
});
const draft = (target = '80000000'): PlanCommand => ({
  type: 'DraftPlan',
  planId: 'p',
  subject,
  content: content(target),
});
const issue = (version: number, effectiveFrom: string, faults = 0): PlanCommand => ({
  type: 'IssuePlan',
  version,
  effectiveFrom,
  faults,
});
const sign = (version: number, userId: string): PlanCommand => ({ type: 'SignPlan', version, userId });

const after = (...commands: PlanCommand[]): PlanState =>
  commands.reduce((state, command) => decidePlan(command, state, 'me').reduce(evolvePlan, state), noPlan);
const refusal = (command: PlanCommand, state: PlanState): unknown => {
  try {
    decidePlan(command, state, 'me');
    return null;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

test('a draft is written over until it is issued, then the next version begins', () => {
  const drafted = after(draft('1'), draft('2'));
  expect(drafted).toMatchObject({ versions: [{ version: 1, content: { targetKopecks: '2' }, effectiveFrom: null }] });

  const issued = after(draft('1'), issue(1, '2026-03-01'), draft('2'));
  expect(issued).toMatchObject({
    versions: [
      { version: 1, effectiveFrom: '2026-03-01' },
      { version: 2, effectiveFrom: null },
    ],
  });
});

test('an edit in the middle of the month leaves what was promised for the days before', () => {
  const state = after(draft('1'), issue(1, '2026-03-01'), draft('2'), issue(2, '2026-03-16'));
  const target = (day: string) => versionOn(state, day)?.content.targetKopecks;
  expect(['2026-02-28', '2026-03-01', '2026-03-15', '2026-03-16'].map(target)).toEqual([undefined, '1', '1', '2']);
  expect(refusal(issue(3, '2026-03-16'), after(draft('1'), issue(1, '2026-03-16'), draft('2')))).toBe(
    'PLAN_VERSION_UNKNOWN',
  );
  expect(refusal(issue(2, '2026-03-10'), after(draft('1'), issue(1, '2026-03-16'), draft('2')))).toBe(
    'PLAN_DAY_INVALID',
  );
});

test('what is said again changes nothing', () => {
  const state = after(draft(), issue(1, '2026-03-01'), sign(1, '2'), { type: 'WithdrawPlan' });
  expect(decidePlan({ type: 'WithdrawPlan' }, state, 'me')).toEqual([]);
  expect(decidePlan(draft(), after(draft()), 'me')).toEqual([]);
  expect(decidePlan(issue(1, '2026-03-01'), after(draft(), issue(1, '2026-03-01')), 'me')).toEqual([]);
  expect(decidePlan(sign(1, '2'), after(draft(), issue(1, '2026-03-01'), sign(1, '2')), 'me')).toEqual([]);
});

test('a draft that comes back from the log, with keys in another order, is the same', () => {
  const sorted = Object.fromEntries(Object.entries(content('80000000')).toSorted()) as unknown as PlanContent;
  expect(decidePlan(draft(), after({ ...draft(), content: sorted } as PlanCommand), 'me')).toEqual([]);
});

const issued = after(draft(), issue(1, '2026-03-01'));
test.each<[string, PlanCommand, PlanState]>([
  ['PLAN_UNKNOWN', issue(1, '2026-03-01'), noPlan],
  ['PLAN_VERSION_UNKNOWN', issue(2, '2026-03-01'), after(draft())],
  ['PLAN_HAS_FAULTS', issue(1, '2026-03-01', 2), after(draft())],
  ['PLAN_DAY_INVALID', issue(1, '2026-04-01'), after(draft())],
  ['PLAN_ALREADY_ISSUED', issue(1, '2026-03-02'), issued],
  ['PLAN_NOT_ISSUED', sign(1, '1'), after(draft())],
  ['PLAN_NOT_BOUND', sign(1, '9'), issued],
  ['PLAN_OF_ANOTHER_SUBJECT', { ...draft(), subject: { ...subject, month: '2026-04' } } as PlanCommand, issued],
  ['PLAN_WITHDRAWN', draft('3'), after(draft(), { type: 'WithdrawPlan' })],
  ['PLAN_WITHDRAWN', sign(1, '1'), after(draft(), issue(1, '2026-03-01'), { type: 'WithdrawPlan' })],
])('%s', (code, command, state) => {
  expect(refusal(command, state)).toBe(code);
});

/** What follows from a command; nothing where it is refused. */
function tried(one: PlanCommand, state: PlanState): PlanEvent[] {
  try {
    return decidePlan(one, state, 'me');
  } catch {
    return [];
  }
}

const command: fc.Arbitrary<PlanCommand> = fc.oneof(
  fc.constantFrom('1', '2', '3').map(draft),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 31 }))
    .map(([version, day]) => issue(version, `2026-03-${String(day).padStart(2, '0')}`)),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('1', '2', '9'))
    .map(([version, user]) => sign(version, user)),
);

test('whatever is commanded: what was issued never changes, and its days ascend', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let state: PlanState = noPlan;
      let promised: Record<string, string> = {};
      for (const one of commands) {
        state = tried(one, state).reduce(evolvePlan, state);
        if (state.status === 'absent') continue;
        const told = state.versions.filter(({ effectiveFrom }) => effectiveFrom !== null);
        const now = Object.fromEntries(
          told.map(({ version, effectiveFrom, content: said }) => [
            String(version),
            `${effectiveFrom} ${JSON.stringify(said)}`,
          ]),
        );
        expect(now).toMatchObject(promised);
        promised = now;
        const days = told.map(({ effectiveFrom }) => effectiveFrom);
        expect(days).toEqual([...new Set(days)].sort());
      }
    }),
  );
});

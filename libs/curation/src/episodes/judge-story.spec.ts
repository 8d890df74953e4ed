import { describe, expect, test } from '@jest/globals';
import { Chronicle } from '../chronicle/chronicle.spec-fixture.js';
import { instant, labelOf } from '../chronicle/instants.spec-fixture.js';
import { compiledFor, judge } from '../chronicle/judged.spec-fixture.js';
import { factRule, noGrace, stateRule } from '../packs/define.js';
import type { Duration, FactType } from '../rules/rule.js';

const dealRule = { on: ['deal' as const], severity: 'S1' as const, feedbackTo: ['owner' as const] };
const onChange = (rule: {
  when?: string;
  resolve?: { when: string; withinGraceOnly: boolean } | { quiet: Duration };
}) => ({
  ...{ ...dealRule, fact: 'changed' as FactType, when: 'fact.field == "sourceId"' },
  ...rule,
});

function cases(portal: Chronicle, rule: Parameters<typeof compiledFor>[1], until: string) {
  const { opened, faults, nextDueAt } = judge('deal:1', [compiledFor('deal:1', rule)], portal.events, instant(until));
  expect(faults).toEqual([]);
  return {
    opened: opened.map(({ startAt, resolvedAt, gone, items }) => ({
      ...{ from: labelOf(startAt), items: items.map(({ at }) => labelOf(at)) },
      ...(resolvedAt === null ? {} : { resolved: labelOf(resolvedAt) }),
      ...(gone === null ? {} : { void: labelOf(gone.at) }),
    })),
    next: nextDueAt === null ? null : labelOf(nextDueAt),
  };
}

const changed = (...at: string[]): Chronicle => {
  const portal = new Chronicle().appears('deal:1', 'Mon 09:00');
  for (const [index, when] of at.entries()) portal.changes('deal:1', when, { fields: { sourceId: `S${index}` } });
  return portal;
};

describe('a condition that throws', () => {
  const broken = stateRule('X01', { ...dealRule, when: 'record.products[0] == "7"' });
  const sound = stateRule('X02', { ...dealRule, when: 'record.is_open' });

  test('is a fault of its rule, and every other rule is judged', () => {
    const rules = [compiledFor('deal:1', broken), compiledFor('deal:1', sound)];
    const { opened, faults } = judge('deal:1', rules, changed().events, instant('Mon 12:00'));
    expect(faults).toEqual([{ ruleId: 'X01', subject: 'deal:1', message: expect.any(String) }]);
    expect(opened.map(({ ruleId }) => ruleId)).toEqual(['X02']);
  });

  test('takes back what its rule had found before: it is not judged at all', () => {
    const later = stateRule('X03', { ...dealRule, when: 'record.amount > 0.0 || record.products[0] == "7"' });
    const portal = changed().changes('deal:1', 'Tue 10:00', { fields: { amountKopecks: '0' } });
    const rules = [compiledFor('deal:1', later)];
    expect(judge('deal:1', rules, portal.events, instant('Tue 09:00')).opened).toHaveLength(1);
    const { opened, faults, checks } = judge('deal:1', rules, portal.events, instant('Tue 10:00'));
    expect({ opened, faults: faults.length, checks: checks.length }).toEqual({ opened: [], faults: 1, checks: 0 });
  });

  test('a length of time below nothing is a fault', () => {
    const rule = stateRule('X04', {
      ...dealRule,
      when: 'true',
      clocks: [{ amount: '0.0 - record.amount', unit: 'min' }],
    });
    const { faults } = judge('deal:1', [compiledFor('deal:1', rule)], changed().events, instant('Tue 10:00'));
    expect(faults).toHaveLength(1);
  });
});

describe('gathering', () => {
  const gather = { amount: 10, unit: 'clock-min' } as const;

  test('reaches from the last fact that joined, its end included', () => {
    const portal = changed('Mon 10:00', 'Mon 10:10', 'Mon 10:20', 'Mon 10:30:01');
    expect(cases(portal, factRule('X01', { ...onChange({}), gather }), 'Tue 09:00').opened).toEqual([
      { from: 'Mon 10:00', items: ['Mon 10:00', 'Mon 10:10', 'Mon 10:20'] },
      { from: 'Mon 10:30:01', items: ['Mon 10:30:01'] },
    ]);
  });

  test('without it every instant is a case, and facts of one instant are one', () => {
    const portal = changed('Mon 10:00', 'Mon 10:01').changes('deal:1', 'Mon 10:01', {
      fields: { currency: 'USD', amountKopecks: '5' },
    });
    expect(cases(portal, factRule('X01', onChange({ when: 'true' })), 'Tue 09:00').opened).toEqual([
      { from: 'Mon 10:00', items: ['Mon 10:00'] },
      { from: 'Mon 10:01', items: ['Mon 10:01'] },
    ]);
  });

  test('until it is resolved', () => {
    const resolve = { when: 'record.is_won', withinGraceOnly: false };
    const portal = changed('Mon 10:00', 'Fri 10:00').moves('deal:1', 'WON', 'Sat 10:00');
    portal.changes('deal:1', 'Sun 10:00', { fields: { sourceId: 'x' } }).moves('deal:1', 'LOSE', 'Sun 09:00');
    const rule = factRule('X01', { ...onChange({ resolve }), gather: 'resolved' });
    expect(cases(portal, rule, 'Sun 12:00').opened).toEqual([
      { from: 'Mon 10:00', items: ['Mon 10:00', 'Fri 10:00'], resolved: 'Sat 10:00' },
      { from: 'Sun 10:00', items: ['Sun 10:00'] },
    ]);
  });
});

describe('what resolves when it is quiet', () => {
  const rule = factRule('X01', {
    ...onChange({ resolve: { quiet: { amount: 1, unit: 'd' } } }),
    gather: { amount: 1, unit: 'd' },
  });

  test('is due at the end of the quiet time, and resolves then without an event', () => {
    expect(cases(changed('Mon 10:00'), rule, 'Tue 09:59')).toEqual({
      opened: [{ from: 'Mon 10:00', items: ['Mon 10:00'] }],
      next: 'Tue 10:00',
    });
    expect(cases(changed('Mon 10:00'), rule, 'Tue 10:00')).toEqual({
      opened: [{ from: 'Mon 10:00', items: ['Mon 10:00'], resolved: 'Tue 10:00' }],
      next: null,
    });
  });

  test('begins anew with every fact, and with one at its end', () => {
    expect(cases(changed('Mon 10:00', 'Tue 10:00'), rule, 'Tue 12:00')).toEqual({
      opened: [{ from: 'Mon 10:00', items: ['Mon 10:00', 'Tue 10:00'] }],
      next: 'Wed 10:00',
    });
  });

  test('is resolved, not void, when the record vanishes after the quiet time', () => {
    expect(cases(changed('Mon 10:00').deleted('deal:1', 'Wed 10:00'), rule, 'Thu 09:00').opened).toEqual([
      { from: 'Mon 10:00', items: ['Mon 10:00'], resolved: 'Tue 10:00' },
    ]);
    expect(cases(changed('Mon 10:00').deleted('deal:1', 'Tue 09:00'), rule, 'Thu 09:00').opened).toEqual([
      { from: 'Mon 10:00', items: ['Mon 10:00'], void: 'Tue 09:00' },
    ]);
  });
});

describe('what resolves within its grace only', () => {
  const rule = factRule('X01', {
    ...onChange({ resolve: { when: 'record.amount > 10000000.0', withinGraceOnly: true } }),
    grace: { amount: 1, unit: 'h' },
  });
  const given = (at: string) => changed('Mon 10:00').changes('deal:1', at, { fields: { amountKopecks: '10000001' } });

  test('is no case when it does so by the end, and stays one afterwards', () => {
    expect(cases(given('Mon 11:00'), rule, 'Tue 09:00').opened).toEqual([]);
    expect(cases(given('Mon 11:00:01'), rule, 'Tue 09:00').opened).toEqual([
      { from: 'Mon 10:00', items: ['Mon 10:00'] },
    ]);
  });
});

describe('anchors', () => {
  const since = 'later(record.entered_stage_at, record.last_touch_at)';
  const rule = stateRule('X01', {
    ...dealRule,
    when: 'record.is_open',
    clocks: [
      { since, amount: 'record.stage == "FRESH" ? 1 : 2', unit: 'wd' },
      { amount: 3, unit: 'h' },
    ],
    grace: noGrace,
  });

  test('that move end an episode and begin another, with the limit of that instant; all clocks must have run out', () => {
    const portal = new Chronicle()
      .appears('deal:1', 'Mon 10:00')
      .moves('deal:1', 'NEED', 'Tue 12:00')
      .changes('deal:1', 'Wed 12:00', { fields: { amountKopecks: '1' } });
    const judged = (until: string) => cases(portal, rule, until);
    expect(judged('Tue 09:00')).toEqual({ opened: [], next: 'Tue 10:00' });
    expect(judged('Tue 12:00')).toEqual({
      opened: [{ from: 'Mon 10:00', items: [], resolved: 'Tue 12:00' }],
      next: 'Thu 12:00',
    });
    expect(judged('Thu 12:00').opened).toEqual([
      { from: 'Mon 10:00', items: [], resolved: 'Tue 12:00' },
      { from: 'Tue 12:00', items: [] },
    ]);
  });

  test('that move begin every clock of the episode anew', () => {
    const both = stateRule('X01', {
      ...dealRule,
      when: 'record.is_open',
      clocks: [
        { since: 'record.entered_stage_at', amount: 1, unit: 'h' },
        { amount: 5, unit: 'h' },
      ],
    });
    const portal = new Chronicle().appears('deal:1', 'Mon 09:00').moves('deal:1', 'NEED', 'Mon 13:00');
    expect(cases(portal, both, 'Mon 17:00')).toEqual({ opened: [], next: 'Mon 18:00' });
  });

  test('that lie far back open at once, but no sooner than the state begins', () => {
    const old = stateRule('X01', {
      ...dealRule,
      when: 'record.amount == 0.0',
      clocks: [{ since: 'record.created_at', amount: 1, unit: 'h' }],
    });
    const portal = new Chronicle()
      .appears('deal:1', 'Mon 10:00')
      .changes('deal:1', 'Fri 12:00', { fields: { amountKopecks: '0' } });
    expect(cases(portal, old, 'Fri 11:59')).toEqual({ opened: [], next: null });
    expect(cases(portal, old, 'Fri 12:00').opened).toEqual([{ from: 'Fri 12:00', items: [] }]);
  });
});

describe('one instant', () => {
  test('is taken as a whole: creation, move, change, rows, activities, vanishing, whatever was told first', () => {
    const portal = new Chronicle()
      .letter('activity:1', 'deal:1', 'Mon 10:00', 'outgoing')
      .sells('deal:1', 'Mon 10:00', [{ priceKopecks: '1' }])
      .changes('deal:1', 'Mon 10:00', { fields: { amountKopecks: '1' } })
      .appears('deal:1', 'Mon 10:00', { stage: 'NEED' });
    const whole = 'record.stage == "NEED" && record.amount == 1.0 && record.rows_sum == 1.0 && record.touches == 1.0';
    const rule = factRule('X01', { ...dealRule, fact: 'created', when: whole });
    expect(cases(portal, rule, 'Mon 10:00').opened).toEqual([{ from: 'Mon 10:00', items: ['Mon 10:00'] }]);
  });

  test('moves are in the order of the portal', () => {
    const portal = new Chronicle().appears('deal:1', 'Mon 09:00').moves('deal:1', 'NEED', 'Mon 10:00');
    portal.moves('deal:1', 'OFFER', 'Mon 10:00').events.reverse();
    const rule = stateRule('X01', { ...dealRule, when: 'record.stage == "OFFER"' });
    expect(cases(portal, rule, 'Mon 10:00').opened).toEqual([{ from: 'Mon 10:00', items: [] }]);
  });
});

describe('stages', () => {
  const first = stateRule('X01', { ...dealRule, when: 'record.is_open && record.stage_rank == 0' });

  test('rank by the configuration of the instant, from that very instant on', () => {
    const portal = new Chronicle()
      .appears('deal:1', 'Mon 10:00', { stage: 'NEED' })
      .configured('deal', 'Tue 10:00', 'FRESH');
    portal.configured('deal', 'Wed 10:00').configured('lead', 'Thu 10:00', 'NEW');
    expect(cases(portal, first, 'Fri 09:00').opened).toEqual([{ from: 'Tue 10:00', items: [], resolved: 'Wed 10:00' }]);
  });

  test('and everything else say nothing of a record before it is there', () => {
    const always = stateRule('X01', { ...dealRule, when: 'record.amount >= 0.0' });
    const portal = new Chronicle().todo('activity:1', 'deal:1', 'Mon 09:00').appears('deal:1', 'Mon 10:00');
    expect(cases(portal, always, 'Fri 09:00').opened).toEqual([{ from: 'Mon 10:00', items: [] }]);
  });
});

describe('history told otherwise later', () => {
  const rule = stateRule('X01', { ...dealRule, when: 'record.stage == "NEED"' });
  const move = { kind: 'deal', id: '1', moveId: 'move-5' };

  test('a corrected move counts from its corrected instant, a withdrawn one never was', () => {
    const portal = changed().moves('deal:1', 'NEED', 'Mon 12:00');
    expect(cases(portal, rule, 'Tue 09:00').opened).toEqual([{ from: 'Mon 12:00', items: [] }]);
    portal.tells('deal:1', 'StageMoveCorrected', 'Mon 11:00', { ...move, order: 7 });
    expect(cases(portal, rule, 'Tue 09:00').opened).toEqual([{ from: 'Mon 11:00', items: [] }]);
    portal.tells('deal:1', 'StageMoveWithdrawn', 'Tue 08:00', move);
    expect(cases(portal, rule, 'Tue 09:00').opened).toEqual([]);
  });

  test('a row of the stage history from before the creation is of the creation', () => {
    const portal = new Chronicle()
      .moves('deal:1', 'NEED', 'Mon 08:59:59')
      .appears('deal:1', 'Mon 09:00', { stage: 'NEED' });
    expect(cases(portal, rule, 'Tue 09:00').opened).toEqual([{ from: 'Mon 09:00', items: [] }]);
  });

  test('a record that is seen again was never gone, and is as it was seen then', () => {
    const zero = stateRule('X02', { ...dealRule, when: 'record.exists && record.amount == 0.0' });
    const portal = changed().deleted('deal:1', 'Tue 10:00');
    const seen = { amountKopecks: '0', modifiedAt: '2026-04-08T07:00:00.000Z' };
    portal.appears('deal:1', 'Mon 09:00', { fields: seen });
    expect(cases(portal, zero, 'Thu 09:00').opened).toEqual([{ from: 'Wed 10:00', items: [] }]);
  });
});

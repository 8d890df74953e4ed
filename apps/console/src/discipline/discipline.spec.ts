import { describe, expect, it } from '@jest/globals';
import type { Discipline } from '../api/schema.js';
import { firstPass, rowsByPerson, rowsByRule, rowsByWeek, totalOf, whyNothing } from './discipline-rows.js';
import { lastWeeks, neighbour, periodOf, readDisciplineSearch, weeksLong } from './discipline-search.js';
import { mondayOf, weeksIn } from '../format/weeks.js';

const rate = { share: 0.5, low: 0.1, high: 0.9 };
const person = (userId: string, name: string | null) => ({ userId, name });
const cell = (ruleId: string, of: Discipline['cells'][number]['person'], week: string, violations: number) => ({
  ...{ ruleId, person: of, week, violations },
  checks: 10,
});
const anna = person('4', 'Анна');
const yana = person('7', 'Яна');
const discipline: Discipline = {
  from: '2026-11-02',
  to: '2026-11-23',
  byRule: [
    { ruleId: 'D08', title: null, violations: 3, checks: 40, rate },
    { ruleId: 'L01', title: null, violations: 1, checks: 4, rate },
  ],
  byPerson: [
    { person: null, violations: 0, checks: 2, rate: null },
    { person: yana, violations: 3, checks: 40, rate },
    { person: person('9', null), violations: 0, checks: 9, rate },
    { person: anna, violations: 1, checks: 4, rate },
  ],
  byWeek: [{ week: '2026-11-09', violations: 4, checks: 44, rate }],
  cells: [cell('D08', anna, '2026-11-02', 1), cell('D08', yana, '2026-11-02', 2), cell('L01', anna, '2026-11-16', 1)],
  repeats: { answered: 0, repeated: 0, rate: null },
  sla: [],
  stages: [
    { pipelineId: 'deal:0', pipelineName: null, stageId: 'NEW', stageName: null, left: 10, clean: 9, rate },
    { pipelineId: 'deal:0', pipelineName: null, stageId: 'WON', stageName: null, left: 5, clean: 5, rate },
  ],
};

describe('the period of discipline', () => {
  it('is whole weeks, as checks are counted', () => {
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(weeksIn('2026-11-02', '2026-11-16')).toEqual(['2026-11-02', '2026-11-09']);
    expect(readDisciplineSearch({ from: '2026-11-04', to: '2026-11-10' })).toEqual({
      from: '2026-11-02',
      to: '2026-11-16',
    });
    expect(readDisciplineSearch({ from: '2026-11-02', to: '2026-11-09' })).toEqual({
      from: '2026-11-02',
      to: '2026-11-09',
    });
  });

  it('is the last four weeks until another is chosen, and steps by its own length', () => {
    const usual = periodOf({}, '2026-11-28');
    expect(usual).toEqual({ from: '2026-11-02', to: '2026-11-30' });
    expect(usual).toEqual(lastWeeks(4, '2026-11-28'));
    expect(weeksLong(usual)).toBe(4);
    expect(neighbour(usual, -1)).toEqual({ from: '2026-10-05', to: '2026-11-02' });
    expect(neighbour(neighbour(usual, -1), 1)).toEqual(usual);
  });

  it('stands in the address with what narrows the figures; what is not valid is left out', () => {
    expect(readDisciplineSearch({ by: 'person', rule: 'D08', person: '4' })).toEqual({
      ...{ by: 'person', rule: 'D08', person: '4' },
    });
    const wrong = { by: 'shame', rule: '../x', person: 'x', from: '2026-11-09', to: '2026-11-02' };
    expect(readDisciplineSearch(wrong)).toEqual({});
    expect(readDisciplineSearch({ by: 'rule' })).toEqual({});
  });
});

describe('figures of discipline', () => {
  it('by rule keep what the API counts, and say no share of fewer than five checks', () => {
    const [first, second] = rowsByRule(discipline);
    expect([first?.key, first?.violations, first?.checks, first?.rate]).toEqual(['D08', 3, 40, rate]);
    expect(second?.rate).toBeNull();
    expect(first?.weeks).toEqual([
      { week: '2026-11-02', violations: 3, checks: 20 },
      { week: '2026-11-09', violations: 0, checks: 0 },
      { week: '2026-11-16', violations: 0, checks: 0 },
    ]);
  });

  it('by person stand in the order of the alphabet, nobody in particular last', () => {
    const rows = rowsByPerson(discipline, 'ru', (id) => `Сотрудник ${id}`);
    expect(rows.map(({ name }) => name)).toEqual(['Анна', 'Сотрудник 9', 'Яна', null]);
    expect(rows[0]?.weeks.map(({ violations }) => violations)).toEqual([1, 0, 1]);
  });

  it('by week show every week of the period', () => {
    expect(rowsByWeek(discipline).map(({ key, violations, checks }) => [key, violations, checks])).toEqual([
      ['2026-11-16', 0, 0],
      ['2026-11-09', 4, 44],
      ['2026-11-02', 0, 0],
    ]);
  });

  it('add up', () => {
    expect(totalOf(discipline)).toEqual({ violations: 4, checks: 44 });
    expect(firstPass(discipline)).toEqual({ clean: 14, left: 15 });
  });

  it('are missing for a reason', () => {
    const summary = { checks: 0, clock: null, frozen: null, activeRules: 12 };
    expect(whyNothing(summary)).toBe('not-begun');
    expect(whyNothing({ ...summary, activeRules: 0 })).toBe('no-rules');
    expect(whyNothing({ ...summary, frozen: 'GAP' })).toBe('frozen');
    expect(whyNothing({ ...summary, checks: 7, clock: '2026-11-28T09:00:00.000Z' })).toBe('none-in-period');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Backtest, RuleParameter, RuleView } from '../api/schema.js';
import { casesByWeek, lastAsSet, peopleByName, percentDone, shareOf, triedOtherwise } from './backtest-figures.js';
import { periodOfStretch } from './backtest-stretch.js';
import { changedOnly, draftOf, fittingValues, isSame, setValues, valueOf } from './parameter-draft.js';
import { groupRules, missingSetting, precisionOf, stateOf } from './rule-order.js';
import { isDemoted, lifeOf } from './rule-steps.js';
import { isSameScope, narrowedBy, tidy } from './rule-scope.js';
import { originsByLayer } from './rule-origins.js';
import { readNewRuleSearch, readRulesSearch } from './rules-search.js';

const words = (text: string) => ({ ru: text, en: text });
const rule = (ruleId: string, change: Partial<RuleView> = {}): RuleView => ({
  ruleId,
  version: 1,
  title: words(`Правило ${ruleId}`),
  clause: words('Ответить за {minutes} мин'),
  feedback: words(''),
  severity: 'S2',
  kind: 'state',
  on: ['lead'],
  feedbackTo: ['owner'],
  when: 'true',
  status: 'active',
  since: null,
  reason: null,
  outage: null,
  hasDraft: false,
  waitsFor: null,
  unavailable: null,
  isStarter: false,
  isOwn: false,
  parameters: [],
  scope: {},
  figures: { open: 0, total: 0, falsePositives: 0, verdicts: 0, checks: 0 },
  ...change,
});

describe('rules', () => {
  it('stand in groups by their letter, own ones last', () => {
    const rules = [rule('O01'), rule('L01'), rule('LX1', { isOwn: true }), rule('D05'), rule('L02')];
    const groups = groupRules(rules, '', 'ru').map(({ group, rules: inside }) => [group, inside.length]);
    expect(groups).toEqual([
      ['L', 2],
      ['D', 1],
      ['O', 1],
      ['own', 1],
    ]);
  });

  it('are found by id, title and clause', () => {
    expect(groupRules([rule('L01'), rule('L02')], 'l02', 'ru')[0]?.rules.map(({ ruleId }) => ruleId)).toEqual(['L02']);
    expect(groupRules([rule('L01')], 'ответить правило', 'ru')).toHaveLength(1);
    expect(groupRules([rule('L01')], 'нет такого', 'ru')).toEqual([]);
  });

  it('say what they do now', () => {
    expect(stateOf(rule('L01'))).toBe('active');
    expect(stateOf(rule('D05', { waitsFor: 'setting:proofs' }))).toBe('waits');
    expect(stateOf(rule('D05', { waitsFor: 'setting:proofs', status: 'off' }))).toBe('off');
    expect(stateOf(rule('A09', { unavailable: words('Нет данных'), status: 'off' }))).toBe('unavailable');
    expect(missingSetting(rule('D05', { waitsFor: 'setting:proofs' }))).toBe('proofs');
    expect(missingSetting(rule('A01', { waitsFor: 'feed:calls' }))).toBeNull();
  });

  it('are precise by five verdicts at least', () => {
    const figures = { open: 0, total: 9, falsePositives: 1, verdicts: 4, checks: 100 };
    expect(precisionOf(figures)).toBeNull();
    expect(precisionOf({ ...figures, verdicts: 5 })).toBe(0.8);
  });

  it('are named in the address', () => {
    expect(readRulesSearch({ rule: 'L01' })).toEqual({ rule: 'L01' });
    expect(readRulesSearch({ rule: '../x' })).toEqual({});
    const backtest = '018f0000-0000-7000-8000-000000000000';
    expect(readRulesSearch({ rule: 'L01', backtest })).toEqual({ rule: 'L01', backtest });
    expect(readRulesSearch({ rule: 'L01', backtest: 'x' })).toEqual({ rule: 'L01' });
    expect(readRulesSearch({ backtest })).toEqual({});
    expect([readNewRuleSearch({ like: 'L01' }), readNewRuleSearch({ like: 7 })]).toEqual([{ like: 'L01' }, {}]);
  });

  it('say which layer gives what, the topmost first', () => {
    const origins = { severity: 'base', 'parameters.minutes': 'portal', grace: 'wholesale', isOn: 'portal' };
    expect(originsByLayer(origins, 'base')).toEqual([
      { layer: 'portal', fields: ['isOn', 'parameters.minutes'] },
      { layer: 'wholesale', fields: ['grace'] },
      { layer: 'base', fields: ['severity'] },
    ]);
    expect(originsByLayer({ ...origins, rule: 'portal' }, 'base').map(({ layer }) => layer)).toEqual([
      ...['portal', 'wholesale'],
    ]);
  });
});

describe('a parameter in a form', () => {
  const cases: [RuleParameter['type'], RuleParameter['value']][] = [
    ['number', 30],
    ['number', 0.5],
    ['text', 'UF_CRM_1'],
    ['list', ['WEB', 'CALL']],
    ['map', { NEW: 3, WON: 'later' }],
    ['lists', { NEW: ['meeting', 'file'] }],
  ];

  it.each(cases)('of type %s comes back as it was', (type, value) => {
    expect(valueOf(type, draftOf(type, value))).toEqual(value);
  });

  it('is no value when it cannot be one', () => {
    expect(valueOf('number', { type: 'text', text: 'полчаса' })).toBeNull();
    expect(valueOf('number', { type: 'text', text: ' 1,5 ' })).toBe(1.5);
    expect(
      valueOf('map', {
        type: 'map',
        rows: [
          { key: 'A', text: '1' },
          { key: 'A', text: '2' },
        ],
      }),
    ).toBeNull();
    expect(valueOf('map', { type: 'map', rows: [{ key: '', text: '1' }] })).toBeNull();
    expect(valueOf('map', { type: 'map', rows: [{ key: '', text: '' }] })).toEqual({});
    expect(valueOf('lists', { type: 'lists', rows: [{ key: 'A', list: [] }] })).toBeNull();
  });

  it('is sent only when it differs from the default', () => {
    const parameter = {
      name: 'minutes',
      title: words('Минуты'),
      type: 'number',
      isRequired: false,
      isSet: false,
    } as const;
    const parameters: RuleParameter[] = [{ ...parameter, default: 30, value: 30 }];
    expect(changedOnly(parameters, { minutes: 30 })).toEqual({});
    expect(changedOnly(parameters, { minutes: 15 })).toEqual({ minutes: 15 });
    expect(isSame(['a'], ['a'])).toBe(true);
  });

  it('goes along with a draft that has it, too', () => {
    const parameter = { title: words(''), type: 'number', isRequired: false, default: 1, value: 2 } as const;
    const parameters = [
      { ...parameter, name: 'days', isSet: true },
      { ...parameter, name: 'gone', isSet: true },
      { ...parameter, name: 'hours', isSet: false },
    ];
    const draft = { parameters: { days: {}, hours: {} } };
    expect(fittingValues(setValues({ parameters }), draft)).toEqual({ days: 2 });
    expect(fittingValues({ days: 2 }, {})).toEqual({});
  });
});

describe('the life of a rule', () => {
  it('goes from a draft over the history and the shadow into work', () => {
    const now = (status: RuleView['status'], hasBacktest: boolean) =>
      Object.entries(lifeOf({ status }, hasBacktest)).map(([step, state]) => `${step} ${state}`);
    expect(now('off', false)).toEqual(['draft now', 'backtest ahead', 'shadow ahead', 'active ahead']);
    expect(now('off', true)).toEqual(['draft done', 'backtest now', 'shadow ahead', 'active ahead']);
    expect(now('shadow', true)).toEqual(['draft done', 'backtest done', 'shadow now', 'active ahead']);
    // Nobody has to try a rule: the page does not say that it was.
    expect(now('active', false)).toEqual(['draft done', 'backtest ahead', 'shadow done', 'active now']);
  });

  it('says when nobody but the budget put it into shadow', () => {
    expect(isDemoted({ status: 'shadow', reason: 'noise' })).toBe(true);
    expect(isDemoted({ status: 'shadow', reason: 'by-hand' })).toBe(false);
    expect(isDemoted({ status: 'active', reason: 'noise' })).toBe(false);
  });
});

describe('a backtest', () => {
  const minutes: RuleParameter = {
    ...{ name: 'minutes', title: words('Минуты'), type: 'number', isRequired: false, isSet: true },
    ...{ default: 30, value: 15 },
  };
  const test = (change: Partial<Backtest> = {}): Backtest => ({
    ...{ backtestId: 'b', ruleId: 'L01', state: 'done', done: 5, total: 5, parameters: { minutes: 15 } },
    ...{ scope: {}, period: null },
    ...{ figures: null, precision: null, errorCode: null, requestedAt: '', finishedAt: null },
    ...change,
  });

  it('looks at whole weeks before the present one, or at days of one’s own', () => {
    // 2026-11-28 is a Saturday.
    expect(periodOfStretch('4', '2026-11-28', [null, null])).toEqual({ from: '2026-10-26', to: '2026-11-29' });
    expect(periodOfStretch('all', '2026-11-28', [null, null])).toBeNull();
    expect(periodOfStretch('own', '2026-11-28', ['2026-11-01', null])).toBeUndefined();
    expect(periodOfStretch('own', '2026-11-28', ['2026-11-01', '2026-11-30'])).toEqual({
      from: '2026-11-01',
      to: '2026-12-01',
    });
  });

  it('tells how far it is', () => {
    expect(percentDone({ state: 'waiting', done: 0, total: null })).toBe(0);
    expect(percentDone({ state: 'running', done: 199, total: 200 })).toBe(99);
    expect(percentDone({ state: 'done', done: 0, total: 0 })).toBe(100);
    expect(shareOf(1, 4)).toBe(0.25);
    expect(shareOf(0, 0)).toBeNull();
  });

  it('shows weeks without a case, too', () => {
    const byWeek = [
      { week: '2026-11-02', cases: 2 },
      { week: '2026-11-16', cases: 1 },
    ];
    const found = [
      { week: '2026-11-02', cases: 2 },
      { week: '2026-11-09', cases: 0 },
      { week: '2026-11-16', cases: 1 },
    ];
    expect(casesByWeek({ byWeek }, null)).toEqual(found);
    expect(casesByWeek({ byWeek: [] }, null)).toEqual([]);
    expect(casesByWeek({ byWeek: byWeek.slice(0, 1) }, null)).toEqual(found.slice(0, 1));
    expect(casesByWeek({ byWeek }, { from: '2026-10-28', to: '2026-11-23' })).toEqual([
      { week: '2026-10-26', cases: 0 },
      ...found,
    ]);
  });

  it('names people by the alphabet, whoever has the most cases', () => {
    const rows = [
      { person: '7', cases: 90 },
      { person: '4', cases: 1 },
    ];
    const names: Record<string, string> = { '7': 'Яковлев', '4': 'Ёлкина' };
    expect(peopleByName(rows, (id) => names[id] ?? id, 'ru').map(({ name }) => name)).toEqual(['Ёлкина', 'Яковлев']);
  });

  it('counts for a rule as it is set now', () => {
    expect(triedOtherwise({ minutes: 15 }, [minutes])).toEqual([]);
    expect(triedOtherwise({}, [minutes])).toEqual([{ parameter: minutes, value: 30 }]);
    const others = [
      test({ backtestId: 'of-another', ruleId: 'L02' }),
      test({ backtestId: 'runs', state: 'running' }),
      test({ backtestId: 'with-default', parameters: {} }),
    ];
    expect(lastAsSet(others, 'L01', [minutes])).toBeUndefined();
    expect(lastAsSet([...others, test()], 'L01', [minutes])?.backtestId).toBe('b');
  });
});

describe('where a rule applies', () => {
  it('goes by stages only for what is in a pipeline, and by people where somebody is responsible', () => {
    expect(narrowedBy(['lead', 'deal'])).toEqual({ byStages: true, byPeople: true });
    expect(narrowedBy(['lead', 'activity'])).toEqual({ byStages: false, byPeople: true });
    expect(narrowedBy(['portal'])).toEqual({ byStages: false, byPeople: false });
  });

  it('is the same with lists that leave nothing out, in whatever order', () => {
    expect(tidy({ users: [], stages: ['NEW'], from: '' })).toEqual({ stages: ['NEW'] });
    expect(isSameScope({ users: ['7'], from: '2026-05-01' }, { from: '2026-05-01', users: ['7'], stages: [] })).toBe(
      true,
    );
    expect(isSameScope({ users: ['7'] }, { users: ['8'] })).toBe(false);
    expect(isSameScope({}, { pipelines: [] })).toBe(true);
  });
});

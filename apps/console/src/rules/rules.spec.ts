import { describe, expect, it } from '@jest/globals';
import type { RuleParameter, RuleView } from '../api/schema.js';
import { changedOnly, draftOf, isSame, valueOf } from './parameter-draft.js';
import { groupRules, missingSetting, precisionOf, stateOf } from './rule-order.js';
import { readRulesSearch } from './rules-search.js';

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
  waitsFor: null,
  unavailable: null,
  isStarter: false,
  isOwn: false,
  parameters: [],
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
});

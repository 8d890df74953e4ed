import { expect, test } from '@jest/globals';
import { wordless } from '../chronicle/judged.spec-fixture.js';
import { baseDefinitions } from '../packs/base/definitions.js';
import { factRule, listOf, listsOf, mapOf, stateRule, textOf } from '../packs/define.js';
import { compileRule } from '../rules/compile-rule.js';
import type { ParameterValues, RuleDraft } from '../rules/rule.js';
import { needsOf } from './needs-of-rule.js';

const named = (draft: RuleDraft, values: ParameterValues = {}): string[] =>
  needsOf(compileRule(draft, values)).map(({ part, id, kinds }) => `${part} ${id} of ${kinds.join(' ')}`);
const base = (id: string, values: ParameterValues = {}): string[] => {
  const definition = baseDefinitions.find((one) => one.id === id);
  if (!definition) throw new Error(`No rule ${id}`);
  return named(wordless(definition), values);
};
const common = { severity: 'S2' as const, feedbackTo: ['owner' as const] };
const state = (when: string, on: ('lead' | 'deal' | 'contact')[] = ['deal']): RuleDraft =>
  wordless(
    stateRule('X01', {
      ...{ ...common, on, when },
      parameters: { field: textOf(''), stages: listOf(), limits: mapOf(), required: listsOf() },
    }),
  );

test.each([
  ['a stage that is compared', 'record.stage == "C1:OFFER"', ['stage C1:OFFER of deal']],
  ['stages of a list', '!(record.stage in ["A", "B"])', ['stage A of deal', 'stage B of deal']],
  ['a stage visited', 'record.visited("A")', ['stage A of deal']],
  ['a pipeline', '"deal:3" == record.pipeline', ['pipeline deal:3 of deal']],
  ['a source', 'record.source != "WEB"', ['source WEB of deal']],
  ['a field of the portal’s own', 'record.filled("UF_CRM_1")', ['field UF_CRM_1 of deal']],
  ['the value of one', 'record.value("UF_CRM_1") == "OFFER"', ['field UF_CRM_1 of deal']],
  ['no field that every portal has', 'record.filled("comments") && record.currency == "RUB"', []],
  ['no text that only looks like a stage', 'record.owner == "OFFER" || record.stage == ""', []],
])('names %s', (_what, when, expected) => {
  expect(named(state(when))).toEqual(expected);
});

test('what parameters hold is named where conditions use it so', () => {
  const values = { field: 'UF_CRM_1', stages: ['A'], limits: { B: 1 }, required: { C: ['UF_CRM_2', 'title'] } };
  expect(named(state('record.filled(params.field)'), values)).toEqual(['field UF_CRM_1 of deal']);
  expect(named(state('record.stage in params.stages'), values)).toEqual(['stage A of deal']);
  expect(named(state('record.stage in params.limits'), values)).toEqual(['stage B of deal']);
  expect(named(state('record.missing_fields(params.required).size() > 0'), values)).toEqual([
    'field UF_CRM_2 of deal',
    'stage C of deal',
  ]);
  expect(named(state('params.field == "x"'), values)).toEqual([]);
});

test('rules of the pack name what a portal has set', () => {
  expect(base('D05', { proofs: { OFFER: ['file', 'field:UF_CRM_KP'] } })).toEqual([
    'field UF_CRM_KP of deal',
    'stage OFFER of deal',
  ]);
  expect(base('D01', { mandatory: ['MEETING'] })).toEqual(['stage MEETING of deal']);
  expect(base('D04', { stage_limits: { OFFER: 5 }, excluded: ['PAUSE'] })).toEqual([
    'stage OFFER of deal',
    'stage PAUSE of deal',
  ]);
  expect(base('L07', { reason_field: 'UF_CRM_REASON' })).toEqual(['field UF_CRM_REASON of deal lead']);
  expect(base('L01', { hot_sources: ['CALL'] })).toEqual(['source CALL of lead']);
  expect(base('D12', { amount_limits: { 'deal:1': 100 } })).toEqual(['pipeline deal:1 of deal']);
});

test('an owner whom a fact names is no stage', () => {
  const draft = wordless(factRule('X02', { ...common, on: ['deal'], fact: 'owner_changed', when: 'fact.to == "7"' }));
  expect(named(draft)).toEqual([]);
  const moved = wordless(factRule('X02', { ...common, on: ['deal'], fact: 'moved', when: 'fact.to == "WON"' }));
  expect(named(moved)).toEqual(['stage WON of deal']);
});

test('without settings the pack names nothing of a portal', () => {
  for (const definition of baseDefinitions) expect(named(wordless(definition))).toEqual([]);
});

import { expect, test } from '@jest/globals';
import type { JsonObject } from '@funnelwatch/kernel';
import type { KeptFact } from '../facts/kept-fact.js';
import type { RuleScope } from '../rules/rule-scope.js';
import { type DisciplineSettings, noDiscipline, type RuleSetting } from '../cases/discipline-state.js';
import { PortalCatalogue } from '../needs/portal-catalogue.js';
import { portalRules } from '../judge/portal-rules.js';
import { basePack } from './base/base-pack.js';
import type { PackLayer, RuleOverride } from './layer.js';
import { fitting, packBelow, rulesOfPortal } from './rules-of-portal.js';
import { packOfPortal, reasonOfLayer } from './pack-of-portal.js';

const from = '2026-03-01T00:00:00.000Z';
const layer = (id: string, rules: Record<string, RuleOverride>): PackLayer => ({ id, version: 1, rules });
const settings = (
  rules: Record<string, Partial<RuleSetting>>,
  ...layers: readonly PackLayer[]
): DisciplineSettings => ({
  ...noDiscipline,
  layers: [...layers],
  rules: Object.fromEntries(
    Object.entries(rules).map(([id, one]) => [id, { status: 'active', from, reason: 'by-hand', ...one }]),
  ),
});
const ruleOf = (decided: DisciplineSettings, id: string) => {
  const rule = rulesOfPortal(basePack, decided).find(({ ruleId }) => ruleId === id);
  if (!rule) throw new Error(`No rule ${id}`);
  return rule;
};
const judged = (decided: DisciplineSettings) =>
  portalRules(decided, basePack, new Set(), new PortalCatalogue([], Date.parse(from))).judged;

const trade = layer('trade', {
  L02: { severity: 'S1', grace: { amount: 2, unit: 'h' }, parameters: { days: 4 }, scope: { pipelines: ['lead:0'] } },
  L03: { feedback: { ru: 'Запланируйте следующий шаг.' } },
});
const wholesale = layer('wholesale', { L02: { parameters: { days: 7 } } });

test('a rule is judged as the layers have it, the upper one over the lower, the portal over all', () => {
  const decided = settings({ L02: {} }, trade, wholesale);
  expect(ruleOf(decided, 'L02')).toMatchObject({
    draft: { severity: 'S1', grace: { amount: 2, unit: 'h' } },
    values: { days: 7 },
    scope: { pipelines: ['lead:0'] },
  });
  expect(judged(decided).get('L02')).toMatchObject({
    rule: { severity: 'S1' },
    scope: { pipelines: ['lead:0'] },
    compiled: [{ parameters: { days: 7 } }],
  });
  const own = settings({ L02: { parameters: { days: 2 }, scope: { users: ['7'] } } }, trade, wholesale);
  expect(judged(own).get('L02')).toMatchObject({ scope: { users: ['7'] }, compiled: [{ parameters: { days: 2 } }] });
});

test('with layers a rule is another one than without them, and the same whenever it is asked for', () => {
  const digest = (decided: DisciplineSettings) => judged(decided).get('L02')?.digest;
  const plain = digest(settings({ L02: {} }));
  const layered = digest(settings({ L02: {} }, trade));
  expect(layered).not.toBe(plain);
  expect(digest(settings({ L02: {} }, structuredClone(trade)))).toBe(layered);
  expect(digest(settings({ L02: { scope: {} } }))).toBe(plain);
  expect(digest(settings({ L02: { scope: { stages: ['NEW'] } } }))).not.toBe(plain);
});

test('without layers all is as the pack has it', () => {
  const rules = rulesOfPortal(basePack, noDiscipline);
  expect(rules.map(({ ruleId }) => ruleId)).toEqual(basePack.rules.map(({ id }) => id));
  for (const { values, scope, isOwn } of rules) expect([values, scope, isOwn]).toEqual([{}, {}, false]);
});

test('what a layer says of rules and parameters that are gone is left out, and told', () => {
  const old = layer('old', {
    Z99: { severity: 'S1' },
    L01: { parameters: { seconds: 5 } },
    L04: { scope: { pipelines: ['deal:0'] } },
    L02: { severity: 'S1' },
  });
  const { layer: fits, unfit } = fitting(old, basePack);
  expect(Object.keys(fits.rules)).toEqual(['L02']);
  expect(unfit.map(({ ruleId }) => ruleId)).toEqual(['Z99', 'L01', 'L04']);
  expect(unfit[2]?.why).toMatch(/activity, which are in no pipeline/);
  expect(ruleOf(settings({ L01: {}, L02: {} }, old), 'L02').draft).toMatchObject({ severity: 'S1' });
});

test('each part of a rule names the layer it comes from', () => {
  const decided = settings({ L02: { reason: reasonOfLayer('trade') }, L03: { scope: { users: ['7'] } } }, trade);
  const { rules } = packOfPortal(packBelow(basePack, decided), decided, 9);
  expect(rules.get('L02')?.origins).toMatchObject({ isOn: 'trade', severity: 'trade', 'parameters.days': 'trade' });
  expect(rules.get('L03')?.origins).toMatchObject({ isOn: 'portal', scope: 'portal', 'feedback.ru': 'trade' });
  expect(rules.get('L03')?.scope).toEqual({ users: ['7'] });
});

test('a rule that is written about something else keeps no scope that it cannot have', () => {
  const scope = { stages: ['NEW'] };
  const l04 = basePack.rules.find(({ id }) => id === 'L04') as unknown as JsonObject;
  expect(ruleOf(settings({ L02: { scope } }), 'L02').scope).toEqual(scope);
  expect(ruleOf(settings({ L02: { scope, own: { ...l04, id: 'L02' } } }), 'L02').scope).toEqual({});
});

test('a rule whose scope names what is gone from the portal is not judged in silence', () => {
  const stage = (stageId: string) => ({ stageId, name: stageId, sort: 1, semantics: 'P', color: null });
  const reading = (at: number, ...stages: string[]): KeptFact => ({
    ...{ stream: 'pipelines:lead', kind: 'pipelines', verb: 'Configured', eventId: String(at), position: at, at },
    ...{ by: null, provenance: 'observed' },
    data: { kind: 'lead', pipelines: [{ pipelineId: 'lead:0', name: '', sort: 1, stages: stages.map(stage) }] },
  });
  const catalogue = new PortalCatalogue([reading(1, 'NEW', 'OLD'), reading(2, 'NEW')], 3);
  const rulesIn = (scope: RuleScope) => portalRules(settings({ L02: { scope } }), basePack, new Set(), catalogue);
  expect([...rulesIn({ stages: ['NEW'] }).judged.keys()]).toEqual(['L02']);
  expect(rulesIn({ stages: ['NEW', 'OLD'] }).lost.get('L02')).toMatchObject([{ part: 'stage', id: 'OLD' }]);
  expect(rulesIn({ pipelines: ['lead:0'] }).judged.size).toBe(1);
});

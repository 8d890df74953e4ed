import { expect, test } from '@jest/globals';
import { type DisciplineSettings, noDiscipline, type RuleSetting } from '../cases/discipline-state.js';
import { compileRule } from '../rules/compile-rule.js';
import type { JsonObject } from '@funnelwatch/kernel';
import { basePack } from './base/base-pack.js';
import { inheritPack } from './inherit.js';
import { packDiff, rulesToTry } from './pack-diff.js';
import { packOfPortal } from './pack-of-portal.js';
import type { Pack } from './pack.js';

const plain = inheritPack(basePack, []);
const from = '2026-03-01T00:00:00.000Z';
const decided = (rules: Record<string, Partial<RuleSetting>>): DisciplineSettings => ({
  ...noDiscipline,
  rules: Object.fromEntries(
    Object.entries(rules).map(([id, setting]) => [id, { status: 'active', from, reason: 'by-hand', ...setting }]),
  ),
});
const nothing = packOfPortal(plain, noDiscipline, 0);
const diffOf = (settings: DisciplineSettings) => packDiff(nothing, packOfPortal(plain, settings, 7));
const compiled = (draft: object): JsonObject => compileRule(draft)[0]?.rule as unknown as JsonObject;
const l02 = basePack.rules.find(({ id }) => id === 'L02');

test('a portal that decided nothing has the pack', () => {
  expect(diffOf(noDiscipline)).toEqual({ added: [], removed: [], changed: [] });
  expect(nothing.rules.get('L01')).toMatchObject({ isOn: true, origins: { isOn: 'base' } });
});

test('what it decided lies over the pack, and says so', () => {
  const settings = decided({
    L01: { status: 'off' },
    L02: { parameters: { days: 3 } },
    L03: { status: 'broken', outage: { missing: [], at: from, before: { status: 'active', from, reason: '' } } },
  });
  expect(diffOf(settings).changed).toEqual([
    { ruleId: 'L01', fields: [{ path: 'isOn', before: true, after: false }] },
    {
      ruleId: 'L02',
      fields: [
        { path: 'isOn', before: false, after: true },
        { path: 'parameters.days', before: 1, after: 3 },
      ],
    },
  ]);
  const pack = packOfPortal(plain, settings, 7);
  expect(pack.layers.map(({ id }) => id)).toEqual(['base', 'portal']);
  expect(pack.rules.get('L02')?.origins).toMatchObject({ 'parameters.days': 'portal', severity: 'base' });
});

test('rules of its own are added; one that stands in for the pack’s differs in what it says differently, and in no defaults', () => {
  const settings = decided({
    OWN1: { own: compiled({ ...l02, id: 'OWN1' }) },
    L02: { own: compiled({ ...l02, version: 2, severity: 'S1' }), status: 'off' },
    OWN2: { draft: compiled({ ...l02, id: 'OWN2' }), status: 'draft', from: '' },
  });
  expect(diffOf(settings)).toEqual({
    added: ['OWN1'],
    removed: [],
    changed: [
      {
        ruleId: 'L02',
        fields: [
          { path: 'severity', before: 'S2', after: 'S1' },
          { path: 'version', before: 1, after: 2 },
        ],
      },
    ],
  });
});

test('of another pack those rules are worth trying that are on and may find otherwise', () => {
  const upgraded: Pack = {
    ...basePack,
    version: 2,
    rules: basePack.rules.map((rule) => {
      if (rule.id === 'L01') return { ...rule, version: 2, grace: { amount: 1, unit: 'h' } };
      if (rule.id === 'L03') return { ...rule, title: { ru: 'Иначе', en: 'Otherwise' } };
      return rule.id === 'L02' ? { ...rule, severity: 'S1' } : rule;
    }),
  };
  const settings = decided({ L01: { parameters: { minutes: 15 } } });
  const [before, after] = [plain, inheritPack(upgraded, [])].map((pack) => packOfPortal(pack, settings, 7));
  if (!before || !after) throw new Error('two packs');
  const diff = packDiff(before, after);
  expect(diff.changed.map(({ ruleId }) => ruleId)).toEqual(['L01', 'L02', 'L03']);
  // What the portal set stays on top.
  expect(rulesToTry(diff, after)).toMatchObject([{ ruleId: 'L01', parameters: { minutes: 15 } }]);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileRule } from '../rules/compile-rule.js';
import type { ParameterDeclaration, RuleDraft, Severity } from '../rules/rule.js';
import { faultOfScope } from '../rules/rule-scope.js';
import { basePack } from './base/base-pack.js';
import { inheritPack } from './inherit.js';
import type { PackLayer, RuleOverride } from './layer.js';
import type { Pack } from './pack.js';
import { packDiff } from './pack-diff.js';

const layer = (id: string, rules: Record<string, RuleOverride>): PackLayer => ({ id, version: 1, rules });
const refused = (code: string) => expect.objectContaining({ code });

describe('layers', () => {
  const industry = layer('wholesale', {
    L01: {
      parameters: { minutes: 60, hot_sources: ['CALL'] },
      severity: 'S2',
      clause: { ru: 'Отвечаем за {minutes} мин.' },
    },
    D02: { grace: { amount: 4, unit: 'h' } },
    L13: { isOn: true },
  });
  const portal = layer('portal', {
    L01: { parameters: { minutes: 15 }, scope: { pipelines: ['lead:0'], from: '2026-05-01' } },
    D05: { parameters: { proofs: { OFFER: ['file'] } } },
    F01: { isOn: false },
  });
  const { rules, layers } = inheritPack(basePack, [industry, portal]);
  const of = (id: string) => {
    const rule = rules.get(id);
    if (!rule) throw new Error(`No rule ${id}.`);
    return rule;
  };

  test('each field comes from the last layer that gives it, and says which', () => {
    expect(layers.map(({ id }) => id)).toEqual(['base', 'wholesale', 'portal']);
    expect(of('L01')).toMatchObject({
      parameters: { minutes: 15, hot_minutes: 5, hot_sources: ['CALL'] },
      scope: { pipelines: ['lead:0'], from: '2026-05-01' },
      isOn: true,
      rule: { severity: 'S2', clause: { ru: 'Отвечаем за {minutes} мин.' } },
      origins: {
        'parameters.minutes': 'portal',
        'parameters.hot_minutes': 'base',
        'parameters.hot_sources': 'wholesale',
        severity: 'wholesale',
        scope: 'portal',
        isOn: 'base',
        'clause.ru': 'wholesale',
        'clause.en': 'base',
      },
    });
    expect(of('D02')).toMatchObject({ rule: { grace: { amount: 4, unit: 'h' } }, origins: { grace: 'wholesale' } });
    expect(of('F01')).toMatchObject({ isOn: false, origins: { isOn: 'portal' } });
  });

  test('a rule with a required parameter waits until a layer gives it', () => {
    expect(of('L13').unset).toEqual(['queue_users']);
    expect(of('D05').unset).toEqual([]);
    expect(of('L01').unset).toEqual([]);
  });

  test.each([
    ['a rule that is not there', { X99: { isOn: true } }, 'PACK_RULE_UNKNOWN'],
    ['a parameter that is not there', { L01: { parameters: { hours: 1 } } }, 'PACK_PARAMETER_UNKNOWN'],
    [
      'a parameter named like something every object has',
      { L01: { parameters: { constructor: 1 } } },
      'PACK_PARAMETER_UNKNOWN',
    ],
    ['a text for a number', { L01: { parameters: { minutes: '15' } } }, 'PACK_PARAMETER_INVALID'],
    ['a number below 0', { L01: { parameters: { minutes: -1 } } }, 'PACK_PARAMETER_INVALID'],
    ['a map for a list', { L01: { parameters: { hot_sources: { CALL: 'x' } } } }, 'PACK_PARAMETER_INVALID'],
    ['texts where lists belong', { D05: { parameters: { proofs: { OFFER: 'file' } } } }, 'PACK_PARAMETER_INVALID'],
    [
      'lists where numbers belong',
      { D04: { parameters: { stage_limits: { OFFER: ['1'] } } } },
      'PACK_PARAMETER_INVALID',
    ],
    ['a severity that is none', { L01: { severity: 'S5' as Severity } }, 'PACK_LAYER_INVALID'],
    ['a condition', { L01: { when: 'true' } }, 'PACK_LAYER_INVALID'],
    [
      'a placeholder that nothing fills',
      { L01: { feedback: { en: '{record}: {minute}' } } },
      'PACK_PLACEHOLDER_UNKNOWN',
    ],
    ['an empty text', { L01: { title: { ru: '' } } }, 'PACK_LAYER_INVALID'],
    ['a rule that cannot be judged, turned on', { O02: { isOn: true } }, 'PACK_RULE_UNAVAILABLE'],
  ])('%s is refused', (_what, changes, code) => {
    const attempt = () => inheritPack(basePack, [layer('portal', changes as PackLayer['rules'])]);
    expect(attempt).toThrow(refused(code));
  });
});

describe('a diff', () => {
  test('names rules that came and went, and each field with what it was and is', () => {
    const without = (id: string): Pack => ({ ...basePack, rules: basePack.rules.filter((rule) => rule.id !== id) });
    const before = inheritPack(without('L02'), []);
    const after = inheritPack(without('L03'), [
      layer('portal', {
        L01: { parameters: { minutes: 15 }, severity: 'S2', title: { ru: 'Нет касания' } },
        F01: { isOn: false, scope: { stages: ['OFFER'] } },
        D02: { grace: { amount: 4, unit: 'h' } },
      }),
    ]);
    expect(packDiff(before, after)).toEqual({
      added: ['L02'],
      removed: ['L03'],
      changed: [
        { ruleId: 'D02', fields: [{ path: 'grace.amount', before: 1, after: 4 }] },
        {
          ruleId: 'F01',
          fields: [
            { path: 'isOn', before: true, after: false },
            { path: 'scope.stages', before: null, after: ['OFFER'] },
          ],
        },
        {
          ruleId: 'L01',
          fields: [
            { path: 'parameters.minutes', before: 30, after: 15 },
            { path: 'severity', before: 'S1', after: 'S2' },
            { path: 'title.ru', before: 'Лид без первого касания', after: 'Нет касания' },
          ],
        },
      ],
    });
  });

  test('shows a condition that a new version of the pack changes', () => {
    const rewritten = basePack.rules.map((rule) => (rule.id === 'F01' ? { ...rule, when: 'record.is_open' } : rule));
    const { changed } = packDiff(inheritPack(basePack, []), inheritPack({ ...basePack, rules: rewritten }, []));
    expect(changed).toMatchObject([{ ruleId: 'F01', fields: [{ path: 'when', after: 'record.is_open' }] }]);
  });
});

const text = fc.string({ minLength: 1, maxLength: 12 }).filter((one) => !one.includes('{'));
const texts = fc.array(text, { maxLength: 4 });
const ids = fc.array(text, { minLength: 1, maxLength: 4 });
const names = fc.string({ minLength: 1, maxLength: 6 }).filter((name) => name !== '__proto__');
const valueOf: Record<ParameterDeclaration['type'], fc.Arbitrary<ParameterDeclaration['default']>> = {
  number: fc.nat({ max: 1000 }),
  text: fc.string({ maxLength: 12 }),
  list: texts,
  map: fc.dictionary(names, fc.oneof(text, fc.nat({ max: 100 })), { maxKeys: 3, noNullPrototype: true }),
  lists: fc.dictionary(names, texts, { maxKeys: 3, noNullPrototype: true }),
};

const judgedRules = basePack.rules.filter(({ unavailable }) => unavailable === undefined);
/** What a layer may say of one rule: any part of it. */
const overrideOf = (rule: RuleDraft): fc.Arbitrary<RuleOverride> =>
  fc.record(
    {
      isOn: fc.boolean(),
      severity: fc.constantFrom<Severity>('S1', 'S2', 'S3', 'S4'),
      grace: fc.record({ amount: fc.nat({ max: 9 }), unit: fc.constantFrom('h' as const, 'wd' as const) }),
      scope: fc
        .record({ pipelines: ids, users: ids }, { requiredKeys: [] })
        .filter((scope) => faultOfScope(rule.on, scope) === null),
      title: fc.record({ ru: text, en: text }, { requiredKeys: [] }),
      parameters: fc.record(
        Object.fromEntries(Object.entries(rule.parameters ?? {}).map(([name, { type }]) => [name, valueOf[type]])),
        { requiredKeys: [], noNullPrototype: true },
      ),
    },
    { requiredKeys: [], noNullPrototype: true },
  ) as fc.Arbitrary<RuleOverride>;
const someLayer = (id: string) =>
  fc
    .subarray(judgedRules, { maxLength: 12 })
    .chain((rules) =>
      fc.tuple(...rules.map((rule) => overrideOf(rule).map((override) => [rule.id, override] as const))),
    )
    .map((overrides) => layer(id, Object.fromEntries(overrides)));

describe('any layers', () => {
  test('without any the pack is what it is', () => {
    const { rules } = inheritPack(basePack, []);
    for (const { rule, origins, scope } of rules.values()) {
      expect({ origins: [...new Set(Object.values(origins))], scope }).toEqual({ origins: ['base'], scope: {} });
      expect(basePack.rules).toContain(rule);
    }
  });

  test('give each field the value of the layer they name as its origin, which is the last that has it', () => {
    fc.assert(
      fc.property(someLayer('industry'), someLayer('portal'), (industry, portal) => {
        for (const [id, inherited] of inheritPack(basePack, [industry, portal]).rules) {
          const value = { ...inherited, ...inherited.rule, parameters: inherited.parameters };
          for (const [field, origin] of Object.entries(inherited.origins)) {
            const [head = '', tail] = field.split('.');
            const read = (from: unknown): unknown => {
              const whole = (from as Record<string, unknown> | undefined)?.[head];
              return tail === undefined ? whole : (whole as Record<string, unknown> | undefined)?.[tail];
            };
            const above = [portal, industry].find((one) => read(one.rules[id]) !== undefined);
            expect(origin).toBe(above?.id ?? 'base');
            if (above) expect(read(value)).toEqual(read(above.rules[id]));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('leave rules that can be used, and the pack itself untouched', () => {
    const whole = JSON.stringify(basePack);
    fc.assert(
      fc.property(someLayer('portal'), (portal) => {
        for (const { rule, parameters } of inheritPack(basePack, [portal]).rules.values())
          compileRule(rule, parameters);
      }),
      { numRuns: 5 },
    );
    expect(JSON.stringify(basePack)).toBe(whole);
  });

  test('differ from themselves in nothing, and the way back is the mirror of the way there', () => {
    fc.assert(
      fc.property(someLayer('portal'), someLayer('portal'), (one, other) => {
        const [before, after] = [inheritPack(basePack, [one]), inheritPack(basePack, [other])];
        expect(packDiff(before, inheritPack(basePack, [one]))).toEqual({ added: [], removed: [], changed: [] });
        const mirrored = packDiff(after, before).changed.map(({ ruleId, fields }) => ({
          ruleId,
          fields: fields.map(({ path, before: was, after: is }) => ({ path, before: is, after: was })),
        }));
        expect(packDiff(before, after).changed).toEqual(mirrored);
      }),
      { numRuns: 30 },
    );
  });
});

import { expect, test } from '@jest/globals';
import type { ASTNode } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import { instant } from '../chronicle/instants.spec-fixture.js';
import { storyOf, wordless } from '../chronicle/judged.spec-fixture.js';
import { randomChronicle } from '../chronicle/random-chronicle.spec-fixture.js';
import { baseDefinitions } from '../packs/base/definitions.js';
import { environmentOf, viewFields, viewOfKind, type ViewType } from '../views/catalogue.js';
import { time } from '../views/field-catalogue.js';
import { type Fields, directCondition } from './direct-condition.js';
import { type RuleDraft, ruleSchema } from './rule.js';

interface Read {
  source: string;
  walked: (bindings: Record<string, unknown>) => unknown;
  direct: ((bindings: Record<string, unknown>) => unknown) | null;
}

function read(source: string, type: ViewType, variable: string, hasFact: boolean): Read {
  const walked = environmentOf(type, variable, hasFact).parse(source) as unknown as Read['walked'] & { ast: ASTNode };
  const fields: Fields = { [variable]: viewFields[type], ...(hasFact ? { fact: viewFields.Fact } : {}) };
  return { source, walked, direct: directCondition(walked.ast, fields) };
}

const subjects = ['lead:1', 'deal:1', 'invoice:1', 'contact:1', 'activity:1'] as const;
const kindOf = (subject: string) => subject.split(':')[0] as 'lead' | 'deal' | 'invoice' | 'contact' | 'activity';
const end = instant('Mon5 00:00');

/** Asks both readings at every step of a life; gives how often they were asked. */
function askBoth(
  subject: string,
  events: Parameters<typeof storyOf>[1],
  reads: readonly Read[],
  params: object,
): number {
  const { variable } = viewOfKind[kindOf(subject)];
  const story = storyOf(subject, events, end);
  let asked = 0;
  for (const { facts } of story.steps()) {
    for (const fact of facts.length === 0 ? [undefined] : facts) {
      const bindings = { [variable]: story.view, params, fact };
      for (const { source, walked, direct } of reads) {
        if (!direct || (fact === undefined && source.includes('fact.'))) continue;
        expect([source, direct(bindings)]).toEqual([source, walked(bindings)]);
        asked += 1;
      }
    }
  }
  return asked;
}

const valuesOf = (rule: RuleDraft): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(ruleSchema.parse(rule).parameters).map(([name, { default: value }]) => [name, value]),
  );

test('conditions of the pack give the same directly as by walking their trees, at every moment of any life', () => {
  let asked = 0;
  fc.assert(
    fc.property(randomChronicle, (events) => {
      for (const subject of subjects) {
        const { type, variable } = viewOfKind[kindOf(subject)];
        for (const definition of baseDefinitions.filter(({ on }) => on.includes(kindOf(subject)))) {
          const rule = wordless(definition);
          asked += askBoth(subject, events, [read(rule.when, type, variable, rule.kind === 'fact')], valuesOf(rule));
        }
      }
    }),
    { numRuns: 20 },
  );
  expect(asked).toBeGreaterThan(1_000);
});

test('most conditions of the pack are read directly', () => {
  const direct = baseDefinitions.filter((definition) => {
    const { on, when, kind } = wordless(definition);
    const { type, variable } = viewOfKind[on[0] ?? 'lead'];
    return read(when, type, variable, kind === 'fact').direct !== null;
  });
  expect(direct.length).toBeGreaterThan(baseDefinitions.length / 2);
});

const fieldsOf = (wanted: string): string[] =>
  Object.entries(viewFields.Record).flatMap(([name, type]) => (type === wanted ? [`record.${name}`] : []));
const doubles = fc.oneof(
  fc.constantFrom(...fieldsOf('double')),
  fc.constantFrom('number(params.n)', '0.5', '100.0'),
  fc
    .tuple(fc.constantFrom(...fieldsOf('double')), fc.constantFrom('+', '-', '*'))
    .map(([name, op]) => `${name} ${op} 2.0`),
);
const compared = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const ordered = fc.constantFrom('<', '<=', '>', '>=');
const condition = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(...fieldsOf('bool'), 'true', 'false'),
    fc.tuple(fc.constantFrom(...fieldsOf('double')), compared, fc.nat({ max: 3 })).map((parts) => parts.join(' ')),
    fc.tuple(doubles, compared, doubles).map((parts) => parts.join(' ')),
    fc
      .tuple(fc.constantFrom(...fieldsOf('string')), fc.constantFrom('==', '!='), fc.constantFrom('""', '"1"', '"5"'))
      .map((parts) => parts.join(' ')),
    fc
      .tuple(fc.constantFrom(...fieldsOf(time)), ordered, fc.constantFrom(...fieldsOf(time)))
      .map((parts) => parts.join(' ')),
    tie('any').map((inner) => `!(${inner})`),
    fc
      .tuple(tie('any'), fc.constantFrom('&&', '||'), tie('any'))
      .map(([left, op, right]) => `(${left} ${op} ${right})`),
  ),
})).any;

test('any condition of the simple kind gives the same both ways', () => {
  fc.assert(
    fc.property(
      randomChronicle,
      fc.array(condition, { minLength: 5, maxLength: 30 }),
      fc.nat({ max: 4 }),
      (events, sources, n) => {
        const reads = sources.map((source) => read(source, 'Record', 'record', false));
        for (const { source, direct } of reads) expect([source, direct === null]).toEqual([source, false]);
        for (const subject of ['lead:1', 'deal:1', 'invoice:1']) askBoth(subject, events, reads, { n });
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  'record.filled("UF_X")',
  'record.source in params.list',
  'params.text == ""',
  'record.products.size() > 0',
  'abs(record.amount) > 1.0',
  'record.is_open ? record.is_won : true',
  '1 + 1 == 2',
  'record.created_at == record.last_touch_at',
])('%s is left to the tree', (source) => {
  expect(read(source, 'Record', 'record', false).direct).toBeNull();
});

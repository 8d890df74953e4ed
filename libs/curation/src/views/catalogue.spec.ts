import { expect, test } from '@jest/globals';
import { Chronicle } from '../chronicle/chronicle.spec-fixture.js';
import { instant } from '../chronicle/instants.spec-fixture.js';
import { storyOf } from '../chronicle/judged.spec-fixture.js';
import { factTypes } from '../rules/rule.js';
import { RuleFact } from '../world/rule-fact.js';
import { viewFields, type ViewType } from './catalogue.js';
import { factCatalogue, fieldCatalogue } from './field-catalogue.js';
import { functionCatalogue } from './function-catalogue.js';

const portal = new Chronicle()
  .appears('user:5', 'Mon 09:00')
  .appears('deal:1', 'Mon 10:00', { fields: { companyId: '1' } })
  .appears('company:1', 'Mon 10:00')
  .sells('deal:1', 'Mon 10:00', [{}])
  .todo('activity:1', 'deal:1', 'Mon 10:00', 'Tue 10:00');

const typeOf = (value: unknown): string => {
  if (value instanceof Date) return 'google.protobuf.Timestamp';
  if (Array.isArray(value)) return 'list';
  return { number: 'double', string: 'string', boolean: 'bool' }[typeof value as string] ?? typeof value;
};

function viewOf(subject: string): Record<string, unknown> {
  const story = storyOf(subject, portal.events, instant('Wed 10:00'));
  for (const step of story.steps()) void step;
  return story.view as Record<string, unknown>;
}

const views: [ViewType | 'Fact', string, Record<string, unknown>][] = [
  ...Object.entries({ Record: 'deal:1', Client: 'company:1', Activity: 'activity:1', Employee: 'employee:5' }).map(
    ([type, subject]): [ViewType, string, Record<string, unknown>] => [type as ViewType, subject, viewOf(subject)],
  ),
  ['Fact', 'a fact', new RuleFact('moved', 0, 'event', 1) as unknown as Record<string, unknown>],
];

test.each(views)('every field of %s is there and has its type, of %s and of nothing', (type, subject, view) => {
  const nothing = type === 'Fact' ? view : viewOf(subject.replace('1', '999'));
  for (const one of [view, nothing]) {
    const given = Object.keys(viewFields[type]).map((name) => [name, typeOf(one[name])]);
    expect(given).toEqual(Object.entries(viewFields[type]).map(([name, cel]) => [name, cel.replace(/<.*/, '')]));
  }
});

test('every field and function says in one line what it is', () => {
  const lines = [
    ...Object.values(fieldCatalogue).flatMap((fields) => Object.values(fields).map(([, says]) => says as string)),
    ...functionCatalogue.map(({ says }) => says),
    ...Object.values(factCatalogue).map(({ says }) => says),
  ];
  for (const line of lines) expect(line).toMatch(/^.{5,130}\.$/);
});

test('every type of fact is in the catalogue, with fields that facts have', () => {
  expect(Object.keys(factCatalogue).sort()).toEqual([...factTypes].sort());
  for (const { fields } of Object.values(factCatalogue)) {
    for (const field of fields) expect(Object.keys(viewFields.Fact)).toContain(field);
  }
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { KeptFact } from '../facts/kept-fact.js';
import { PortalCatalogue } from './portal-catalogue.js';

const configured = (position: number, at: number, stream: string, ids: readonly string[]): KeptFact => {
  const isPipelines = stream.startsWith('pipelines:');
  const data = isPipelines
    ? {
        kind: stream.slice('pipelines:'.length),
        pipelines: [{ pipelineId: 'p', stages: ids.map((stageId) => ({ stageId })) }],
      }
    : { name: stream, entries: ids.map((id) => ({ id, name: id, sort: 0 })) };
  return {
    ...{ stream, kind: isPipelines ? 'pipelines' : 'dictionary', verb: 'Configured', eventId: `e${position}` },
    ...{ position, at, by: null, provenance: 'observed', data },
  } as unknown as KeptFact;
};

const field = { part: 'field', id: 'UF_A', kinds: ['deal'] } as const;

test('what was there and went is gone until it is back', () => {
  const facts = [
    configured(1, 10, 'dictionary:deal.fields', ['UF_A', 'UF_B']),
    configured(2, 20, 'dictionary:deal.fields', ['UF_B']),
    configured(3, 30, 'dictionary:deal.fields', ['UF_C']),
    configured(4, 40, 'dictionary:deal.fields', ['UF_A']),
  ];
  expect(new PortalCatalogue(facts, 100).outagesOf(field)).toEqual([{ from: 20, until: 40 }]);
  expect(new PortalCatalogue(facts, 100).missingOf([field])).toEqual([]);
  // By the rule clock it has not come back yet.
  expect(new PortalCatalogue(facts, 39).missingOf([field])).toEqual([field]);
  expect(new PortalCatalogue(facts, 19).outagesOf(field)).toEqual([]);
});

test('what nobody ever saw is not gone: the portal may not tell its configuration', () => {
  const facts = [configured(1, 10, 'dictionary:deal.fields', ['UF_B'])];
  expect(new PortalCatalogue(facts, 100).missingOf([field])).toEqual([]);
  expect(new PortalCatalogue([], 100).missingOf([field])).toEqual([]);
});

test('a stage of leads does not stand in for one of deals of the same name, nor a field for a stage', () => {
  const facts = [
    configured(1, 10, 'pipelines:lead', ['NEW']),
    configured(2, 10, 'pipelines:deal', ['NEW', 'OFFER']),
    configured(3, 20, 'pipelines:deal', ['OFFER']),
    configured(4, 20, 'dictionary:deal.fields', ['NEW']),
  ];
  const stage = (kinds: ('lead' | 'deal')[]) => ({ part: 'stage', id: 'NEW', kinds }) as const;
  const catalogue = new PortalCatalogue(facts, 100);
  expect(catalogue.missingOf([stage(['deal'])])).toHaveLength(1);
  expect(catalogue.missingOf([stage(['lead'])])).toEqual([]);
  // A rule about both still has it.
  expect(catalogue.missingOf([stage(['lead', 'deal'])])).toEqual([]);
});

test('the order in which readings came matters nothing', () => {
  const readings = fc.uniqueArray(
    fc.record({ at: fc.integer({ min: 1, max: 60 }), hasIt: fc.boolean(), of: fc.constantFrom('lead', 'deal') }),
    { selector: ({ at }) => at, minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(readings, fc.integer({ min: 1, max: 60 }), (drawn, until) => {
      const facts = drawn.map(({ at, hasIt, of }, index) =>
        configured(index + 1, at, `dictionary:${of}.fields`, hasIt ? ['UF_A'] : []),
      );
      const need = { part: 'field', id: 'UF_A', kinds: ['deal', 'lead'] } as const;
      const outages = new PortalCatalogue(facts, until).outagesOf(need);
      expect(new PortalCatalogue(facts.toReversed(), until).outagesOf(need)).toEqual(outages);
      // Each begins after the one before ended, and only the last may last.
      for (const [index, { from, until: end }] of outages.entries()) {
        expect(end === null ? index : from).toBe(end === null ? outages.length - 1 : from);
        expect(from).toBeGreaterThan(outages[index - 1]?.until ?? 0);
      }
    }),
  );
});

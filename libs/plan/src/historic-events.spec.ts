import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { catalogueOf } from '@funnelwatch/event-log';
import type { NewEvent, StoredEvent } from '@funnelwatch/kernel';
import { evolveIndicators, type IndicatorEvent, noIndicators } from './domain/indicators.js';
import { evolvePlan, noPlan, type PlanEvent, versionOn } from './domain/plan.js';
import { planEvents } from './domain/plan-events.js';

const catalogue = catalogueOf(planEvents);
const folder = new URL('../fixtures/', import.meta.url);
const fixtures = readdirSync(folder).map((name) => ({
  name,
  event: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as NewEvent,
}));

function read(type: string): { type: string; data: unknown } {
  const event = fixtures.findLast((each) => each.event.type === type)?.event;
  if (!event) throw new Error(`${type} has no fixture`);
  const place = { portalId: '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f11', bucket: 3, position: 1, version: 1 };
  const stored: StoredEvent = { ...event, ...place, recordedAt: event.occurredAt, digest: '', hash: '' };
  const readable = catalogue.read(stored);
  if (typeof readable === 'string') throw new Error(`${type}: ${readable}`);
  return readable;
}

test('every type has a fixture of every version, named by both', () => {
  const wanted = catalogue.versions().map(({ type, schemaVersion }) => `${type}.v${schemaVersion}.json`);
  expect(fixtures.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
});

test('a plan that was stored is told as it was', () => {
  const told = ['PlanDrafted', 'PlanIssued', 'PlanSigned'].map((type) => read(type) as PlanEvent);
  const state = told.reduce(evolvePlan, noPlan);
  expect(versionOn(state, '2026-03-31')).toMatchObject({ version: 1, signedBy: ['4'], content: { statedSales: 20 } });
  expect(evolvePlan(state, read('PlanWithdrawn') as PlanEvent)).toMatchObject({ status: 'withdrawn' });
});

test('an indicator that was stored is told as it was', () => {
  const known = evolveIndicators(noIndicators, read('IndicatorDefined') as IndicatorEvent);
  expect(known.get('meetings')).toMatchObject({ minutes: 60, measure: { kind: 'activity' } });
});

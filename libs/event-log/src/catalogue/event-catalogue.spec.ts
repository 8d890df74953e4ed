import { describe, expect, test } from '@jest/globals';
import type { EventDeclaration, StoredEvent } from '@funnelwatch/kernel';
import { catalogueOf } from './event-catalogue.js';

const planned: EventDeclaration = {
  type: 'PlanDrafted',
  schemaVersion: 3,
  fields: { planId: 'text', months: 'list', target: 'object' },
  upcasters: [
    ({ plan, ...data }) => ({ ...data, planId: plan ?? null }),
    (data) => ({ ...data, months: [], target: { kopecks: '0' } }),
  ],
};
const catalogue = catalogueOf(
  [planned],
  [{ type: 'CaptureAdvanced', schemaVersion: 1, fields: { through: 'object' }, isNeverSetAside: true }],
);

const stored = (type: string, schemaVersion: number, data: unknown) =>
  ({ type, schemaVersion, data, eventId: 'e', position: 7 }) as unknown as StoredEvent;

describe('an event', () => {
  test('of an older version comes out at the current one, and what is stored stays as it was', () => {
    const event = stored('PlanDrafted', 1, { plan: 'p1' });
    expect(catalogue.read(event)).toEqual(
      stored('PlanDrafted', 3, { planId: 'p1', months: [], target: { kopecks: '0' } }),
    );
    expect(event).toEqual(stored('PlanDrafted', 1, { plan: 'p1' }));
    expect(catalogue.read(stored('PlanDrafted', 2, { planId: 'p1' }))).toMatchObject({ schemaVersion: 3 });
  });

  test('of the current version is passed as it is', () => {
    const event = stored('PlanDrafted', 3, { planId: 'p1', months: [1], target: {} });
    expect(catalogue.read(event)).toBe(event);
  });

  test('that was erased passes, whatever its version', () => {
    const event = stored('PlanDrafted', 1, null);
    expect(catalogue.read(event)).toBe(event);
  });

  test.each([
    ['another type', stored('PlanFrozen', 1, {}), 'EVENT_TYPE_UNKNOWN'],
    ['a type that every object inherits', stored('constructor', 1, {}), 'EVENT_TYPE_UNKNOWN'],
    ['a newer version', stored('PlanDrafted', 4, {}), 'EVENT_VERSION_UNKNOWN'],
    ['a newer version, erased', stored('PlanDrafted', 4, null), 'EVENT_VERSION_UNKNOWN'],
    ['version 0', stored('PlanDrafted', 0, {}), 'EVENT_VERSION_UNKNOWN'],
    ['half a version', stored('PlanDrafted', 1.5, {}), 'EVENT_VERSION_UNKNOWN'],
    ['a missing field', stored('PlanDrafted', 3, { planId: 'p1', months: [] }), 'EVENT_UNDECODABLE'],
    ['a field of another type', stored('PlanDrafted', 3, { planId: 1, months: [], target: {} }), 'EVENT_UNDECODABLE'],
    ['a list for an object', stored('PlanDrafted', 3, { planId: '', months: [], target: [] }), 'EVENT_UNDECODABLE'],
    ['a text for data', stored('PlanDrafted', 3, 'p1'), 'EVENT_UNDECODABLE'],
    ['a list for data of old', stored('PlanDrafted', 1, []), 'EVENT_UNDECODABLE'],
    ['no data at all', stored('PlanDrafted', 3, undefined), 'EVENT_UNDECODABLE'],
  ])('with %s is refused with the reason', (_title, event, code) => {
    expect(catalogue.read(event)).toBe(code);
  });
});

test('a watermark is never set aside, other events and unknown ones may be', () => {
  expect(['CaptureAdvanced', 'PlanDrafted', 'Unknown'].map((type) => catalogue.isNeverSetAside(type))).toEqual([
    true,
    false,
    false,
  ]);
});

test('every version of which events may be stored is told', () => {
  expect(catalogue.versions().map(({ type, schemaVersion }) => `${type} ${schemaVersion}`)).toEqual([
    'PlanDrafted 1',
    'PlanDrafted 2',
    'PlanDrafted 3',
    'CaptureAdvanced 1',
  ]);
});

test('mistakes in declarations show at the start', () => {
  expect(() => catalogueOf([planned], [planned, { ...planned }])).toThrow('declared twice');
  expect(() => catalogueOf([{ ...planned, schemaVersion: 4 }])).toThrow('version 4 and has 2 upcasters');
});

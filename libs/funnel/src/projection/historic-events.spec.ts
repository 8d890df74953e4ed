import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import {
  captureEvents,
  type EntityKind,
  entityKinds,
  entityOf,
  parseFactType,
  pipelineObjectKinds,
} from '@funnelwatch/capture-contracts';
import { catalogueOf, erasureEvents, SUBJECT_ERASED } from '@funnelwatch/event-log';
import type { NewEvent, StoredEvent } from '@funnelwatch/kernel';
import { funnelEvents } from '../domain/funnel-events.js';
import type { BatchState } from './batch-state.js';
import { foldBatch } from './fold-batch.js';
import { isPipelineObject } from './fold-object.js';

const catalogue = catalogueOf(captureEvents, funnelEvents, erasureEvents);
const portalId = '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f11';

/** One event of every type in every version that was ever stored. */
const folders = ['../../../capture-contracts/fixtures/', '../../../event-log/fixtures/', '../../fixtures/'];
const fixtures = folders.flatMap((path) => {
  const folder = new URL(path, import.meta.url);
  return readdirSync(folder).map((name) => ({
    name,
    event: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as NewEvent,
  }));
});

/** Facts in the order in which they happen to one record. */
const verbs = [
  ...['Appeared', 'StageMoved', 'StageMoveCorrected', 'StageMoveWithdrawn', 'Changed', 'MatchesFound', 'Deleted'],
  'Merged',
];
const rank = ({ type }: NewEvent): number => verbs.indexOf(parseFactType(type)?.verb ?? '');

const emptyState = (): BatchState => ({
  schema: 'none',
  bucket: 3,
  objects: new Map(),
  records: new Map(),
  titles: new Map(),
  persons: new Map(),
  configurations: new Map(),
  changes: [],
  meanings: new Map(),
  dictionaries: new Map(),
  progress: new Map(),
});
const state = emptyState();
let events: StoredEvent[];

beforeAll(() => {
  events = fixtures
    .map(({ event }) => event)
    .toSorted((left, right) => rank(left) - rank(right))
    .map((event, index) => ({ ...event, portalId, bucket: 3, position: index + 1, version: 1 }) as StoredEvent)
    .map((event) => {
      const readable = catalogue.read(event);
      if (typeof readable === 'string') throw new Error(`${event.type} v${event.schemaVersion}: ${readable}`);
      return readable;
    });
  foldBatch(state, events, new Map());
});

test('every type has a fixture of every version, named by both', () => {
  const wanted = catalogue.versions().map(({ type, schemaVersion }) => `${type}.v${schemaVersion}.json`);
  expect(fixtures.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
  for (const { name, event } of fixtures) expect(`${event.type}.v${event.schemaVersion}.json`).toBe(name);
});

test('a fixture is about the stream of what it tells', () => {
  for (const { event } of fixtures) {
    const fact = parseFactType(event.type);
    if (fact) expect(entityOf(event.streamId)).toEqual({ kind: fact.kind, id: event.data['id'] });
  }
});

test.each(entityKinds)('facts about a %s of old fold into what they say', (kind: EntityKind) => {
  const known = isPipelineObject(kind) ? state.objects : state.records;
  const [appeared, deleted, merged] = ['1', '2', '3'].map((id) => known.get(`${portalId}|${kind}|${id}`));
  expect(appeared).toMatchObject({ state: 'present' });
  expect(deleted).toMatchObject({ state: 'deleted', goneAt: '2026-03-03T11:00:00.000Z' });
  expect(merged).toMatchObject({ state: 'merged', mergedInto: '1' });
  const isOwned = !['user', 'department', 'requisite', 'product-rows'].includes(kind);
  if (isOwned) expect(appeared).toMatchObject({ ownerId: '5' });
});

test.each(pipelineObjectKinds)('moves of a %s of old fold into what they say', (kind) => {
  const moves = [...(state.objects.get(`${portalId}|${kind}|1`)?.moves.values() ?? [])];
  expect(moves).toMatchObject([
    { stageId: 'WORK', occurredAtMs: Date.parse('2026-03-02T11:59:00.000Z'), order: 18, isWithdrawn: true },
  ]);
});

test('what records have in common changes no figure and makes no record', () => {
  const matches = events.filter(({ type }) => type.endsWith('MatchesFound'));
  expect(matches.length).toBeGreaterThan(0);
  const untouched = emptyState();
  foldBatch(untouched, matches, new Map());
  expect({ ...untouched, progress: null }).toEqual({ ...emptyState(), progress: null });
});

test('configuration and decisions of old fold into what they say', () => {
  const [configuration] = state.configurations.values();
  expect([...(configuration?.pipelines.values() ?? [])]).toMatchObject([{ pipelineId: 'deal:0', name: 'Продажи' }]);
  expect([...state.dictionaries.values()]).toMatchObject([{ dictionary: 'SOURCE', entryId: 'WEB', name: 'Сайт' }]);
  expect([...state.meanings.values()]).toMatchObject([{ stageId: 'NEW', meaning: 'contact' }]);
  expect([...state.persons.values()].find(({ userId }) => userId === '1')).toMatchObject({ isActive: false });
});

test('an erasure of old is obeyed', () => {
  const erasing = events.find(({ type }) => type === SUBJECT_ERASED)!;
  const before = emptyState();
  const named = {
    name: 'Анна',
    secondName: null,
    lastName: 'Тестова',
    isActive: true,
    departmentIds: [],
    lastPosition: 1,
  };
  for (const id of ['9', '10']) {
    const parts = [{ subject: `contact:${id}`, text: 'v1.b3BhcXVl', fields: null }];
    before.titles.set(`${portalId}|contact|${id}`, {
      portalId,
      kind: 'contact',
      objectId: id,
      parts,
      isTouched: false,
    });
    before.persons.set(`${portalId}|user|${id}`, { portalId, userId: id, ...named });
  }
  foldBatch(before, [erasing], new Map());
  expect([...before.titles.values()].map(({ isErased = false }) => isErased)).toEqual([true, false]);
  expect([...before.persons.values()].map(({ lastName }) => lastName)).toEqual([null, 'Тестова']);
});

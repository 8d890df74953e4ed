import {
  type ChangedData,
  type DictionaryConfiguredData,
  entityOf,
  parseFactType,
  type PipelinesConfiguredData,
} from '@funnelwatch/capture-contracts';
import { SUBJECT_ERASED } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { StageMeaningEvent } from '../domain/stage-meaning.js';
import { titleAfterChange, titleAtFirstSight } from '../domain/sealed-title.js';
import { type BatchState, keyOf } from './batch-state.js';
import { foldDictionary, foldPipelines } from './fold-configuration.js';
import { foldErasure } from './fold-erasure.js';
import { foldObject, isPipelineObject } from './fold-object.js';
import { foldPerson } from './fold-person.js';
import { foldRecord } from './fold-record.js';
import type { OpenedNames } from './open-person-names.js';

/** Applies the events in position order. Types the funnel does not know, and erased events, only move the progress. */
export function foldBatch(state: BatchState, events: readonly StoredEvent[], names: OpenedNames): void {
  for (const event of events) {
    foldProgress(state, event);
    // The log nulls what was erased, whatever its type says.
    if ((event.data as unknown) === null) continue;
    switch (event.type) {
      case 'PipelinesConfigured':
        foldPipelines(state, event, event.data as unknown as PipelinesConfiguredData);
        break;
      case 'DictionaryConfigured':
        foldDictionary(state, event, event.data as unknown as DictionaryConfiguredData);
        break;
      case SUBJECT_ERASED:
        foldErasure(state, event);
        break;
      case 'StageMeaningMapped':
        foldMeaning(state, event, event.data as unknown as StageMeaningEvent['data']);
        break;
      default:
        foldFact(state, event, names);
    }
  }
}

function foldProgress(state: BatchState, event: StoredEvent): void {
  const row = state.progress.get(event.portalId) ?? { portalId: event.portalId, lastPosition: 0, lastMoveAtMs: null };
  row.lastPosition = Math.max(row.lastPosition, event.position);
  if (event.type.endsWith('StageMoved') || event.type.endsWith('StageMoveCorrected')) {
    row.lastMoveAtMs = Math.max(row.lastMoveAtMs ?? 0, Date.parse(event.occurredAt));
  }
  state.progress.set(event.portalId, row);
}

function foldMeaning(state: BatchState, event: StoredEvent, data: StageMeaningEvent['data']): void {
  const { pipelineId, stageId, validFrom, meaning } = data;
  const { portalId, position, occurredAt } = event;
  state.meanings.set([portalId, pipelineId, stageId, validFrom].join('|'), {
    portalId,
    pipelineId,
    stageId,
    validFrom,
    meaning,
    position,
  });
  state.changes.push({
    portalId,
    position,
    ordinal: 0,
    occurredAt,
    pipelineId,
    stageId,
    change: 'meaning-mapped',
    before: null,
    after: meaning,
  });
}

function foldFact(state: BatchState, event: StoredEvent, names: OpenedNames): void {
  const fact = parseFactType(event.type);
  const entity = entityOf(event.streamId);
  // What records have in common is a matter of rules, not of figures.
  if (!fact || !entity || fact.verb === 'MatchesFound') return;
  const isNews = isPipelineObject(fact.kind)
    ? foldObject(state, event, fact.kind, entity.id, fact.verb)
    : foldRecord(state, event, fact.kind, entity.id, fact.verb);
  if (!isNews) return;
  foldTitle(state, event, fact.verb, entity.id);
  if (fact.kind === 'user') foldPerson(state, event, entity.id, fact.verb, names.get(event.eventId) ?? null);
}

function foldTitle(state: BatchState, event: StoredEvent, verb: string, objectId: string): void {
  if (verb !== 'Appeared' && verb !== 'Changed') return;
  const { portalId } = event;
  const { kind, sealedChanged } = event.data as unknown as ChangedData;
  const key = keyOf(portalId, kind, objectId);
  const before = state.titles.get(key)?.parts ?? [];
  const parts =
    verb === 'Appeared'
      ? titleAtFirstSight(kind, event.sealed)
      : titleAfterChange(kind, before, sealedChanged, event.sealed);
  if (parts === before || (parts.length === 0 && before.length === 0)) return;
  state.titles.set(key, { portalId, kind, objectId, parts, isTouched: true });
}

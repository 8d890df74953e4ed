import { parseFactType } from '@funnelwatch/capture-contracts';
import type { JsonObject, JsonValue, StoredEvent } from '@funnelwatch/kernel';
import type { z } from 'zod';
import type { Labels } from './labels.js';
import type { recordEventSchema } from './records.schemas.js';

type RecordEvent = z.infer<typeof recordEventSchema>;
type EventField = RecordEvent['fields'][number];

/** One event of a time line in words a person can read. `opened` holds its personal fields in clear. */
export function eventView(event: StoredEvent, opened: JsonObject, labels: Labels): RecordEvent {
  const data = event.data as JsonObject | null;
  const verb = parseFactType(event.type)?.verb ?? null;
  return {
    eventId: event.eventId,
    position: `${event.bucket}:${event.position}`,
    version: event.version,
    type: event.type,
    verb,
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    actor: event.actor,
    actorName: event.actor.startsWith('user:') ? labels.person(event.actor.slice('user:'.length)) : null,
    provenance: event.provenance,
    move: verb === 'StageMoved' && data ? moveOf(data, labels) : null,
    fields: data ? fieldsOf(verb, data, opened, labels) : [],
    erased: event.erased ?? data === null,
  };
}

function moveOf(data: JsonObject, labels: Labels): RecordEvent['move'] {
  const pipelineId = textOf(data['pipelineId']);
  const stageId = textOf(data['stageId']);
  return {
    pipelineId,
    pipelineName: labels.pipeline(pipelineId),
    stageId,
    stageName: labels.stage(pipelineId, stageId),
    semantics: textOf(data['semantics']),
  };
}

function fieldsOf(verb: string | null, data: JsonObject, opened: JsonObject, labels: Labels): EventField[] {
  switch (verb) {
    case 'Appeared':
      return [...valuesOf(data['fields'], labels), ...personalOf(opened), ...valuesOf(data['extra'], labels)];
    case 'Changed':
      return [
        ...changesOf(data['changes'], labels),
        ...personalChangesOf(data, opened),
        ...changesOf(data['extra'], labels),
      ];
    case 'StageMoved':
      return valuesOf({ entry: data['entry'] ?? null }, labels);
    case 'MatchesFound':
      // How many, not which: whoever reads this may not see the others.
      return valuesOf({ matches: Array.isArray(data['matches']) ? data['matches'].length : 0 }, labels);
    default: {
      const { kind: _kind, id: _id, moveId: _moveId, ...rest } = data;
      return valuesOf(rest, labels);
    }
  }
}

/** Empty values of a first sight say nothing and are left out. */
function valuesOf(values: JsonValue | undefined, labels: Labels): EventField[] {
  return Object.entries(objectOf(values))
    .filter(([, value]) => !isEmpty(value))
    .map(([field, after]) => ({ field, after, afterLabel: labels.value(field, after), personal: false }));
}

function changesOf(changes: JsonValue | undefined, labels: Labels): EventField[] {
  return Object.entries(objectOf(changes)).map(([field, change]) => {
    const { before = null, after = null } = objectOf(change);
    return {
      field,
      before,
      beforeLabel: labels.value(field, before),
      after,
      afterLabel: labels.value(field, after),
      personal: false,
    };
  });
}

function personalOf(opened: JsonObject): EventField[] {
  return Object.entries(opened)
    .filter(([, value]) => !isEmpty(value))
    .map(([field, after]) => ({ field, after, afterLabel: null, personal: true }));
}

/** Personal fields whose key was destroyed are still named as changed. */
function personalChangesOf(data: JsonObject, opened: JsonObject): EventField[] {
  const changed = Array.isArray(data['sealedChanged']) ? data['sealedChanged'].map(textOf) : [];
  return changed.map((field) => ({ field, after: opened[field] ?? null, afterLabel: null, personal: true }));
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');

function objectOf(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

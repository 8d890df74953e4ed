import { canonicalJson, type JsonValue } from '@funnelwatch/kernel';
import type { Observation } from '../normalise/observation.js';
import type { KeyedHash } from '../write/keyed-hash.js';
import type { HeadContent } from './entity-head.js';

type Change = { before: JsonValue; after: JsonValue };

/** What distinguishes an observation from the stored state. */
export interface Difference {
  changes: Record<string, Change>;
  extra: Record<string, Change>;
  /** Personal fields whose text changed, appeared or went, in alphabetical order. */
  personalChanged: string[];
  /** The object stands in another stage or pipeline: a fact of the stage history, never part of `changes`. */
  hasMoved: boolean;
}

const STAGE_FIELDS = new Set(['pipelineId', 'stageId', 'stageSemantics']);

/** Compares the stored state with an observation. Keys of the records come in alphabetical order. */
export function differenceOf(
  head: { content: HeadContent; personalHashes: Record<string, string> },
  observation: Pick<Observation, 'fields' | 'extra'>,
  personalHashes: Record<string, string>,
): Difference {
  const changes = changesBetween(head.content.fields, observation.fields);
  const hasMoved = 'stageId' in changes || 'pipelineId' in changes;
  for (const name of STAGE_FIELDS) delete changes[name];
  const names = new Set([...Object.keys(head.personalHashes), ...Object.keys(personalHashes)]);
  return {
    changes,
    extra: changesBetween(head.content.extra, observation.extra),
    personalChanged: [...names].filter((name) => head.personalHashes[name] !== personalHashes[name]).sort(),
    hasMoved,
  };
}

/** Whether there is anything to tell the log; a mere move is told by the stage history. */
export function isFact(difference: Difference): boolean {
  return (
    difference.personalChanged.length > 0 ||
    Object.keys(difference.changes).length > 0 ||
    Object.keys(difference.extra).length > 0
  );
}

/** The state after a change: what a reader of `…Changed` facts arrives at, stage apart. */
export function applyDifference(content: HeadContent, difference: Pick<Difference, 'changes' | 'extra'>): HeadContent {
  return {
    fields: { ...content.fields, ...afterValues(difference.changes) },
    extra: { ...content.extra, ...afterValues(difference.extra) },
  };
}

/** Keyed hash by personal field. Links of files carry tokens that change with every reading: they are left out. */
export function personalHashesOf(personal: Record<string, JsonValue>, keyed: KeyedHash): Record<string, string> {
  return Object.fromEntries(
    Object.entries(personal).map(([name, value]) => [name, keyed.ofText(`${name}\u0000${textForHash(value)}`)]),
  );
}

/** Text of a personal value for comparing. */
export function textForHash(value: JsonValue): string {
  return typeof value === 'string' ? value : canonicalJson(withoutFileLinks(value));
}

function withoutFileLinks(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutFileLinks);
  if (typeof value !== 'object' || value === null) return value;
  const isFile = 'id' in value || 'ID' in value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !(isFile && /url$/i.test(name)))
      .map(([name, member]) => [name, withoutFileLinks(member)]),
  );
}

function changesBetween(before: Record<string, JsonValue>, after: Record<string, JsonValue>): Record<string, Change> {
  const changes: Record<string, Change> = {};
  for (const name of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
    const was = before[name] ?? null;
    const is = after[name] ?? null;
    if (was !== is && !(isStructured(was) && isStructured(is) && canonicalJson(was) === canonicalJson(is))) {
      changes[name] = { after: is, before: was };
    }
  }
  return changes;
}

function isStructured(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}

function afterValues(changes: Record<string, Change>): Record<string, JsonValue> {
  return Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change.after]));
}

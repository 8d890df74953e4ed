import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import type { StageSemantics } from '@funnelwatch/capture-contracts';
import type { KeptFact } from '../facts/kept-fact.js';

/** Within one instant: what is created, moved, changed, sold, done, and what vanishes. */
export const happeningOrder = { created: 0, moved: 1, changed: 2, rows: 3, matches: 4, vanished: 6 } as const;
/** Activities and calls come after what they hang on. */
export const activityOrder = 5;

interface Base {
  stream: string;
  kind: KeptFact['kind'];
  /** Milliseconds since the epoch. */
  at: number;
  order: number;
  /** Breaks ties: the portal's own order of moves, then the position in the log. */
  tie: number;
  position: number;
  eventId: string;
  by: string | null;
}

/** One thing that happened to one record, in the words of the world of a subject. */
export type Happening = Base &
  (
    | { type: 'created'; fields: JsonObject; extra: JsonObject; derived: JsonObject }
    | {
        type: 'moved';
        pipelineId: string;
        stageId: string;
        semantics: StageSemantics;
        entry: string;
      }
    | { type: 'changed'; fields: JsonObject; extra: JsonObject; derived: JsonObject; texts: readonly string[] }
    | { type: 'rows'; rows: readonly JsonObject[] }
    | { type: 'matches'; matches: readonly { stream: string; on: string }[] }
    | { type: 'vanished'; how: 'deleted' | 'merged'; into: string | null }
  );

/** Chronological order; equal instants by kind of happening, then as the portal and the log order them. */
export function byTime(left: Happening, right: Happening): number {
  return left.at - right.at || left.order - right.order || left.tie - right.tie || left.position - right.position;
}

const afterValues = (changes: JsonValue | undefined): JsonObject =>
  Object.fromEntries(
    Object.entries((changes ?? {}) as JsonObject).map(([name, change]) => [
      name,
      (change as { after?: JsonValue } | null)?.after ?? null,
    ]),
  );

const baseOf = ({ stream, kind, at, position, eventId, by }: KeptFact): Base => ({
  stream,
  kind,
  at,
  order: 0,
  tie: 0,
  position,
  eventId,
  by,
});

function changedOf(fact: KeptFact): Happening {
  return {
    ...baseOf(fact),
    order: fact.kind === 'activity' || fact.kind === 'task' ? activityOrder : happeningOrder.changed,
    type: 'changed',
    fields: afterValues(fact.data['changes']),
    extra: afterValues(fact.data['extra']),
    derived: (fact.data['derived'] ?? {}) as JsonObject,
    texts: (fact.data['sealedChanged'] ?? []) as string[],
  };
}

function createdOf(fact: KeptFact): Extract<Happening, { type: 'created' }> {
  return {
    ...baseOf(fact),
    order: fact.kind === 'activity' || fact.kind === 'task' ? activityOrder : happeningOrder.created,
    type: 'created',
    fields: (fact.data['fields'] ?? {}) as JsonObject,
    extra: (fact.data['extra'] ?? {}) as JsonObject,
    derived: (fact.data['derived'] ?? {}) as JsonObject,
  };
}

/** Moves in force: corrected ones at their corrected instant, withdrawn ones left out. */
function movesOf(facts: readonly KeptFact[]): Happening[] {
  const moves = new Map<string, Extract<Happening, { type: 'moved' }>>();
  const corrections = new Map<string, KeptFact>();
  const withdrawn = new Set<string>();
  for (const fact of facts) {
    const moveId = fact.data['moveId'] as string;
    if (fact.verb === 'StageMoved') {
      moves.set(moveId, {
        ...baseOf(fact),
        order: happeningOrder.moved,
        tie: Number(fact.data['order'] ?? 0),
        type: 'moved',
        pipelineId: fact.data['pipelineId'] as string,
        stageId: fact.data['stageId'] as string,
        semantics: fact.data['semantics'] as StageSemantics,
        entry: (fact.data['entry'] as string | undefined) ?? 'unknown',
      });
    } else if (fact.verb === 'StageMoveCorrected') corrections.set(moveId, fact);
    else if (fact.verb === 'StageMoveWithdrawn') withdrawn.add(moveId);
  }
  for (const [moveId, correction] of corrections) {
    const move = moves.get(moveId);
    if (!move) continue;
    move.at = correction.at;
    move.tie = Number(correction.data['order'] ?? move.tie);
    if (correction.by !== null) move.by = correction.by;
  }
  return [...moves].flatMap(([moveId, move]) => (withdrawn.has(moveId) ? [] : [move]));
}

function vanishedOf(fact: KeptFact): Happening {
  return {
    ...baseOf(fact),
    order: happeningOrder.vanished,
    type: 'vanished',
    how: fact.verb === 'Merged' ? 'merged' : 'deleted',
    into: fact.verb === 'Merged' ? (fact.data['into'] as string) : null,
  };
}

/** An activity that was read when it was done already: planned at first, done at its last modification. */
function activityCreation(fact: KeptFact): Happening[] {
  const created = createdOf(fact);
  const doneAt = Date.parse((created.fields['modifiedAt'] as string | null) ?? '');
  if (created.fields['completed'] !== true || !(doneAt > fact.at)) return [created];
  const editorId = created.fields['editorId'] as string | null;
  return [
    { ...created, fields: { ...created.fields, completed: false } },
    {
      ...created,
      at: doneAt,
      by: editorId,
      type: 'changed',
      fields: { completed: true },
      extra: {},
      derived: {},
      texts: [],
    },
  ];
}

/** What a call came to is filled in by the portal afterwards: it counts from the call's beginning, but for its comment. */
function callHappenings(facts: readonly KeptFact[]): Happening[] {
  const appeared = facts.find(({ verb }) => verb === 'Appeared');
  if (!appeared) return [];
  const created = createdOf(appeared);
  const fields = { ...created.fields };
  const comments: Happening[] = [];
  for (const fact of facts) {
    if (fact.verb !== 'Changed') continue;
    const changed = changedOf(fact) as Extract<Happening, { type: 'changed' }>;
    Object.assign(fields, changed.fields);
    if (changed.texts.includes('comment')) comments.push({ ...changed, fields: {}, order: activityOrder });
  }
  const at = Date.parse((fields['startedAt'] as string | null) ?? '') || appeared.at;
  return [{ ...created, at, order: activityOrder, by: fields['userId'] as string | null, fields }, ...comments];
}

/** Everything that happened to one stream, by all that is known now; not sorted. */
export function happeningsOf(facts: readonly KeptFact[]): Happening[] {
  const kind = facts[0]?.kind;
  if (kind === 'call') return callHappenings(facts);
  return [
    ...movesOf(facts),
    ...facts.flatMap((fact): Happening[] => {
      switch (fact.verb) {
        case 'Appeared':
          if (kind === 'product-rows') return [rowsOf(fact)];
          return kind === 'activity' ? activityCreation(fact) : [createdOf(fact)];
        case 'Changed':
          if (kind === 'product-rows') return fact.data['rows'] ? [rowsOf(fact)] : [];
          return [changedOf(fact)];
        case 'Deleted':
        case 'Merged':
          return [vanishedOf(fact)];
        case 'MatchesFound': {
          const matches = fact.data['matches'] as { stream: string; on: string }[];
          return [{ ...baseOf(fact), order: happeningOrder.matches, type: 'matches', matches }];
        }
        default:
          return [];
      }
    }),
  ];
}

const rowsOf = (fact: KeptFact): Happening => ({
  ...baseOf(fact),
  order: happeningOrder.rows,
  type: 'rows',
  rows: (fact.data['rows'] ?? []) as JsonObject[],
});

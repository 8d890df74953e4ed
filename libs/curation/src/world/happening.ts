import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import type { StageSemantics } from '@funnelwatch/capture-contracts';
import type { KeptFact } from '../facts/kept-fact.js';

/** Within one instant: what is created, moved, changed, sold, shared, then activities and calls, and what vanishes. */
const happeningOrder = { created: 0, moved: 1, changed: 2, rows: 3, matches: 4, activity: 5, vanished: 6 } as const;
/** Within the activities of one instant: those made, calls, what changes in them, and whom calls may have been with. */
const activityTie = { made: 0, call: 1, changed: 2, matches: 3 } as const;

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
    | {
        type: 'created';
        fields: JsonObject;
        extra: JsonObject;
        derived: JsonObject;
        /** Of an activity: telephony knows the call it stands for. */
        hasCall?: boolean;
      }
    | {
        type: 'moved';
        pipelineId: string;
        stageId: string;
        semantics: StageSemantics;
        entry: string;
      }
    | { type: 'changed'; fields: JsonObject; extra: JsonObject; derived: JsonObject; texts: readonly string[] }
    | { type: 'rows'; rows: readonly JsonObject[] }
    | { type: 'matches'; matches: readonly { stream: string; on: string }[]; isSnapshot: boolean }
    | { type: 'vanished'; how: 'deleted' | 'merged'; into: string | null }
    /** Stages have other ranks from then on: nothing happens to the record itself. */
    | { type: 'configured' }
  );

/**
 * Chronological order; equal instants by kind of happening, then as the portal orders them. Positions only order what
 * happened to one record at one instant: in which order records were captured tells nothing.
 */
export function byTime(left: Happening, right: Happening): number {
  return (
    left.at - right.at ||
    left.order - right.order ||
    left.tie - right.tie ||
    (left.stream < right.stream ? -1 : left.stream > right.stream ? 1 : left.position - right.position)
  );
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

const isActivity = ({ kind }: KeptFact): boolean => kind === 'activity' || kind === 'task' || kind === 'call';

function changedOf(fact: KeptFact): Extract<Happening, { type: 'changed' }> {
  return {
    ...baseOf(fact),
    order: isActivity(fact) ? happeningOrder.activity : happeningOrder.changed,
    tie: isActivity(fact) ? activityTie.changed : 0,
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
    order: isActivity(fact) ? happeningOrder.activity : happeningOrder.created,
    tie: fact.kind === 'call' ? activityTie.call : activityTie.made,
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

/** Fields that tell of an activity or task that it is done, when and by whom it was, and how it stood before. */
const ends = {
  activity: { isDone: (fields: JsonObject) => fields['completed'] === true, open: { completed: false, status: '1' } },
  task: { isDone: (fields: JsonObject) => fields['status'] === '5', open: { status: '2', closedAt: null } },
} as const;

/** An activity or task that was read when it was done already: planned at first, done at its end. */
function creationAndEnd(fact: KeptFact, kind: keyof typeof ends): Happening[] {
  const created = createdOf(fact);
  const { fields } = created;
  const { isDone, open } = ends[kind];
  const doneAt = Date.parse((fields['closedAt'] ?? fields['modifiedAt'] ?? '') as string);
  if (!isDone(fields) || !(doneAt > fact.at)) return [created];
  const end = Object.fromEntries(Object.keys(open).map((name) => [name, fields[name] ?? null]));
  return [
    { ...created, fields: { ...fields, ...open } },
    {
      ...created,
      at: doneAt,
      tie: activityTie.changed,
      by: (fields['editorId'] ?? fields['modifiedBy'] ?? null) as string | null,
      type: 'changed',
      fields: end,
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
  const afterwards: Happening[] = [];
  for (const fact of facts) {
    if (fact.verb === 'MatchesFound' && Array.isArray(fact.data['matches'])) {
      afterwards.push({ ...matchesOf(fact), order: happeningOrder.activity, tie: activityTie.matches });
    }
    if (fact.verb !== 'Changed') continue;
    const changed = changedOf(fact);
    Object.assign(fields, changed.fields);
    if (changed.texts.includes('comment')) afterwards.push({ ...changed, fields: {} });
  }
  const at = Date.parse((fields['startedAt'] as string | null) ?? '') || appeared.at;
  const since = afterwards.map((one) =>
    one.type === 'matches' ? { ...one, at: one.isSnapshot ? at : Math.max(one.at, at) } : one,
  );
  return [{ ...created, at, by: fields['userId'] as string | null, fields }, ...since];
}

/** A record that is seen again was never gone: it only looks as it did then. */
function seenAgain(fact: KeptFact): Happening {
  const { fields, extra, derived } = createdOf(fact);
  const at = Date.parse((fields['modifiedAt'] as string | null) ?? '') || fact.at;
  const order = isActivity(fact) ? happeningOrder.activity : happeningOrder.changed;
  return { ...baseOf(fact), at, order, tie: activityTie.changed, type: 'changed', fields, extra, derived, texts: [] };
}

/** Everything that happened to one stream, by all that is known now; not sorted. */
export function happeningsOf(stored: readonly KeptFact[]): Happening[] {
  const facts = stored.toSorted((left, right) => left.position - right.position);
  const kind = facts[0]?.kind;
  if (kind === 'call') return callHappenings(facts);
  const first = facts.findIndex(({ verb }) => verb === 'Appeared');
  const last = facts.findLastIndex(({ verb }) => verb === 'Appeared');
  const bornAt = facts[first]?.at ?? Number.NEGATIVE_INFINITY;
  // A row of the stage history may be older by seconds than the record that it is about says of itself.
  const moves = movesOf(facts).map((move) => (move.at < bornAt ? { ...move, at: bornAt } : move));
  return [
    ...moves,
    ...facts.flatMap((fact, index): Happening[] => {
      switch (fact.verb) {
        case 'Appeared':
          if (kind === 'product-rows') return [rowsOf(fact)];
          if (index > first) return [seenAgain(fact)];
          return kind === 'activity' || kind === 'task' ? creationAndEnd(fact, kind) : [createdOf(fact)];
        case 'Changed':
          if (kind === 'product-rows') return fact.data['rows'] ? [rowsOf(fact)] : [];
          return [changedOf(fact)];
        case 'Deleted':
        case 'Merged':
          return first < index && index < last ? [] : [vanishedOf(fact)];
        case 'MatchesFound': {
          if (!Array.isArray(fact.data['matches'])) return [];
          const list = matchesOf(fact);
          return [{ ...list, at: list.isSnapshot ? bornAt : Math.max(fact.at, bornAt) }];
        }
        default:
          return [];
      }
    }),
  ];
}

const matchesOf = (fact: KeptFact): Extract<Happening, { type: 'matches' }> => ({
  ...baseOf(fact),
  order: happeningOrder.matches,
  type: 'matches',
  matches: fact.data['matches'] as { stream: string; on: string }[],
  // A list of a backfill depends on what was read together; what was read then holds since the creation.
  isSnapshot: fact.provenance === 'backfilled',
});

/** A reading of the configuration in the life of a record. */
export const configuredBy = (fact: KeptFact): Happening => ({ ...baseOf(fact), type: 'configured' });

const rowsOf = (fact: KeptFact): Happening => ({
  ...baseOf(fact),
  order: happeningOrder.rows,
  type: 'rows',
  rows: (fact.data['rows'] ?? []) as JsonObject[],
});

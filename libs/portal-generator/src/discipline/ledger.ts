import type {
  Activity,
  ActivityFields,
  Call,
  Card,
  CardFields,
  CardKind,
  Employee,
  FactRecord,
  Facts,
  Move,
  ProductRow,
  Requisite,
  Task,
  TaskFields,
  Version,
} from './facts/facts.js';

/** A touch of a record, or an attempt at one. */
export interface Contacting {
  at: number;
  /** From when on it is known: a call without a row when it is done. */
  knownAt: number;
  activityId: string;
  by: string | null;
  isIncoming: boolean;
  /** An attempt that came to nothing is no touch. */
  isTouch: boolean;
}

/** The facts, findable, and the questions of docs/rules.md that more than one rule asks. */
export class Ledger {
  readonly cards = new Map<string, Card>();
  readonly activities = new Map<string, Activity>();
  private readonly activitiesOf = new Map<string, Set<Activity>>();
  private readonly tasksOf = new Map<string, Set<Task>>();
  private readonly callsOf = new Map<string, Call[]>();
  private readonly linked = new Map<string, Set<Card>>();
  private readonly requisitesOf = new Map<string, Set<Requisite>>();
  private readonly known = new Map<string, number[]>();

  constructor(readonly facts: Facts) {
    for (const card of facts.cards) {
      this.cards.set(keyOf(card), card);
      for (const { fields } of card.versions) {
        if (fields.contactId) note(this.linked, `contact:${fields.contactId}`, card);
        if (fields.companyId) note(this.linked, `company:${fields.companyId}`, card);
        if (fields.dealId) note(this.linked, `deal:${fields.dealId}`, card);
      }
    }
    for (const activity of facts.activities) {
      this.activities.set(activity.id, activity);
      for (const { fields } of activity.versions)
        for (const card of fields.boundTo) note(this.activitiesOf, card, activity);
    }
    for (const task of facts.tasks) {
      for (const { fields } of task.versions) for (const card of fields.boundTo) note(this.tasksOf, card, task);
    }
    for (const call of facts.calls) {
      if (call.activityId) this.callsOf.set(call.activityId, [...(this.callsOf.get(call.activityId) ?? []), call]);
    }
    for (const requisite of facts.requisites) {
      for (const { fields } of requisite.versions)
        if (fields.companyId) note(this.requisitesOf, fields.companyId, requisite);
    }
  }

  cardsOf(...kinds: CardKind[]): Card[] {
    return this.facts.cards.filter(({ kind }) => kinds.includes(kind));
  }

  card(key: string | null): Card | null {
    return key === null ? null : (this.cards.get(key) ?? null);
  }

  get employees(): Employee[] {
    return this.facts.employees;
  }

  /** Instants at which the configuration was read anew. */
  get configured(): number[] {
    return this.facts.configurations.map(({ at }) => at);
  }

  /** Every instant at which something about a card or what hangs on it changes. */
  instantsOf(card: Card): number[] {
    const key = keyOf(card);
    let instants = this.known.get(key);
    if (!instants) {
      instants = unique([
        ...instantsOfRecord(card),
        ...card.moves.map(({ at }) => at),
        ...card.productRows.map(({ at }) => at),
        ...[...(this.activitiesOf.get(key) ?? [])].flatMap((activity) => [
          ...instantsOfRecord(activity),
          ...this.callsOfActivity(activity).map(({ startedAt }) => startedAt),
          activity.versions[0]?.fields.startAt ?? activity.createdAt,
        ]),
        ...[...(this.tasksOf.get(key) ?? [])].flatMap(instantsOfRecord),
      ]);
      this.known.set(key, instants);
    }
    return instants;
  }

  /** Cards that name the given one as contact, company or deal, or once did. */
  everLinkedTo(key: string, kind: CardKind): Card[] {
    return [...(this.linked.get(key) ?? [])].filter((card) => card.kind === kind);
  }

  /** Cards that are there at an instant and name the given one in a link. */
  linkedTo(key: string, kind: CardKind, at: number): Card[] {
    const [target = '', id = ''] = key.split(':');
    const link = `${target}Id` as 'contactId' | 'companyId' | 'dealId';
    return this.everLinkedTo(key, kind).filter((card) => isThere(card, at) && valueOf(card, at)?.[link] === id);
  }

  requisitesAt(companyId: string, at: number): Requisite[] {
    return this.everRequisitesOf(companyId).filter(
      (requisite) => isThere(requisite, at) && valueOf(requisite, at)?.companyId === companyId,
    );
  }

  everRequisitesOf(companyId: string): Requisite[] {
    return [...(this.requisitesOf.get(companyId) ?? [])];
  }

  everBoundTo(card: Card): Activity[] {
    return [...(this.activitiesOf.get(keyOf(card)) ?? [])];
  }

  /** Activities that hang on a card at an instant; one that is not there yet hangs where it will be made. */
  boundTo(card: Card, at: number): Activity[] {
    const key = keyOf(card);
    return this.everBoundTo(card).filter(
      (activity) =>
        !(activity.goneAt !== null && activity.goneAt <= at) && firstOrLater(activity, at).boundTo.includes(key),
    );
  }

  everTasksOf(card: Card): Task[] {
    return [...(this.tasksOf.get(keyOf(card)) ?? [])];
  }

  callsOfActivity(activity: Activity): Call[] {
    return this.callsOf.get(activity.id) ?? [];
  }

  /** Touches and attempts of a card up to an instant, through what hangs on it then. */
  contactings(card: Card, at: number): Contacting[] {
    return this.boundTo(card, at).flatMap((activity) =>
      this.contactingsOf(activity, at).filter((contacting) => contacting.at <= at),
    );
  }

  touches(card: Card, at: number): Contacting[] {
    return this.contactings(card, at).filter(({ isTouch }) => isTouch);
  }

  lastTouch(card: Card, at: number): number | null {
    const times = this.touches(card, at).map((touch) => touch.at);
    return times.length > 0 ? Math.max(...times) : null;
  }

  /** What an activity amounts to by an instant: calls by their rows, letters by being sent, meetings by being held. */
  contactingsOf(activity: Activity, at: number): Contacting[] {
    const { what, direction, responsibleId } = firstOrLater(activity, at);
    const whose = { activityId: activity.id, by: responsibleId, isIncoming: false, isTouch: true };
    if (what === 'call') {
      const talks = this.talksOf(activity, at).filter((talk) => talk.direction !== 'none');
      return talks.map((talk) => ({
        at: talk.at,
        knownAt: talk.knownAt,
        activityId: activity.id,
        by: talk.by,
        isIncoming: talk.direction === 'incoming',
        isTouch: talk.isConnected && talk.seconds >= 10,
      }));
    }
    if (activity.createdAt > at) return [];
    if ((what === 'letter' || what === 'message') && direction === 'outgoing')
      return [{ ...whose, at: activity.createdAt, knownAt: activity.createdAt }];
    if (what !== 'meeting') return [];
    const held = activity.versions.find((version) => isHeld(version.fields));
    return held && held.at <= at ? [{ ...whose, at: held.at, knownAt: held.at, by: held.fields.responsibleId }] : [];
  }

  /** The calls of a call activity that have begun by an instant; without a row it counts itself once it is done. */
  talksOf(activity: Activity, at: number): Talk[] {
    const { responsibleId, startAt, endAt, direction, isDone } = firstOrLater(activity, at);
    const rows = this.callsOfActivity(activity);
    if (rows.length > 0) {
      return rows
        .filter(({ startedAt }) => startedAt <= at)
        .map((call) => ({
          at: call.startedAt,
          knownAt: call.startedAt,
          by: call.userId ?? responsibleId,
          direction: call.direction,
          seconds: call.seconds,
          isConnected: call.isConnected,
          comment: call.comment,
        }));
    }
    const knownAt = activity.versions.find(({ fields }) => fields.isDone)?.at;
    if (!isDone || activity.createdAt > at || knownAt === undefined) return [];
    const seconds = startAt === null || endAt === null ? 0 : Math.max(0, (endAt - startAt) / 1000);
    const begunAt = Math.min(startAt ?? activity.createdAt, knownAt);
    return [{ at: begunAt, knownAt, by: responsibleId, direction, seconds, isConnected: seconds > 0, comment: null }];
  }

  /** Whether anything is planned on a card. */
  hasPlan(card: Card, at: number): boolean {
    const key = keyOf(card);
    return (
      this.boundTo(card, at).some((activity) => activity.createdAt <= at && isPlanned(firstOrLater(activity, at))) ||
      this.everTasksOf(card).some((task) => {
        const fields = isThere(task, at) ? valueOf(task, at) : null;
        return fields !== null && !fields.isDone && fields.boundTo.includes(key);
      })
    );
  }

  /** The place of a stage among the ranked ones of its pipeline, by the configuration known at an instant. */
  rankOf(pipelineId: string, stageId: string, at: number): number | null {
    const place = this.rankedStages(pipelineId, at).findIndex(({ id }) => id === stageId);
    return place < 0 ? null : place;
  }

  rankedStages(pipelineId: string, at: number): { id: string; semantics: 'P' | 'S' | 'F' }[] {
    const kind = pipelineId.split(':')[0];
    const readings = this.facts.configurations.filter((reading) => reading.kind === kind);
    const reading = readings.filter((one) => one.at <= at).at(-1) ?? readings[0];
    const stages = reading?.pipelines.find(({ id }) => id === pipelineId)?.stages ?? [];
    return stages.filter(({ semantics }) => semantics !== 'F');
  }

  standingRank(card: Card, at: number): number | null {
    const move = standing(card, at);
    return move && this.rankOf(move.pipelineId, move.stageId, at);
  }

  /** Whether a letter or message with a file went out. */
  hasSentFile(deal: Card, at: number): boolean {
    return this.boundTo(deal, at).some((activity) => {
      const fields = activity.createdAt <= at ? firstOrLater(activity, at) : null;
      return fields !== null && isWritten(fields) && fields.direction === 'outgoing' && fields.fileCount > 0;
    });
  }

  /** The first instant after the given one by which a card has been touched later than then. */
  touchedAfter(card: Card, after: number): number | null {
    return firstOf(
      this.instantsOf(card),
      (at) => at > after,
      (at) => this.touches(card, at).some((touch) => touch.at > after),
    );
  }
}

export interface Talk {
  at: number;
  knownAt: number;
  by: string | null;
  direction: 'incoming' | 'outgoing' | 'none';
  seconds: number;
  isConnected: boolean;
  comment: string | null;
}

export function keyOf(card: Card): string {
  return `${card.kind}:${card.id}`;
}

export function isThere(record: FactRecord<unknown>, at: number): boolean {
  return record.createdAt <= at && (record.goneAt === null || at < record.goneAt);
}

/** What holds of a record at an instant; null before it was made. */
export function valueOf<Fields>(record: { versions: Version<Fields>[] }, at: number): Fields | null {
  let value: Fields | null = null;
  for (const version of record.versions) if (version.at <= at) value = version.fields;
  return value;
}

/** The same, and what will hold first before it was made. */
export function firstOrLater(activity: Activity, at: number): ActivityFields {
  const fields = valueOf(activity, at) ?? activity.versions[0]?.fields;
  if (!fields) throw new Error(`Activity ${activity.id} has no values.`);
  return fields;
}

/** The product rows of a card at an instant. */
export function rowsAt(card: Card, at: number): ProductRow[] {
  return valueOf({ versions: card.productRows }, at) ?? [];
}

/** The move by which a card stands where it stands at an instant; null before its first one. */
export function standing(card: Card, at: number): Move | null {
  let last: Move | null = null;
  for (const move of card.moves) if (move.at <= at) last = move;
  return last;
}

export function stands(card: Card, semantics: 'P' | 'S' | 'F', at: number): boolean {
  return isThere(card, at) && standing(card, at)?.semantics === semantics;
}

export function isOpen(card: Card, at: number): boolean {
  return stands(card, 'P', at);
}

/** Moves from one stage to another, in order. */
export function movesOf(card: Card): { from: Move; to: Move }[] {
  return card.moves.slice(1).map((to, place) => ({ from: card.moves[place] ?? to, to }));
}

/** Changes of a card's values, each with what held before. */
export function changesOf<Fields>(record: FactRecord<Fields>): { at: number; before: Fields; after: Fields }[] {
  return record.versions.slice(1).map(({ at, fields }, place) => ({
    at,
    before: record.versions[place]?.fields ?? fields,
    after: fields,
  }));
}

export function instantsOfRecord(record: FactRecord<unknown>): number[] {
  return [record.createdAt, ...record.versions.map(({ at }) => at), ...(record.goneAt === null ? [] : [record.goneAt])];
}

/** The first of the instants that is late enough and at which the condition is true. */
export function firstOf(
  instants: Iterable<number>,
  isLateEnough: (at: number) => boolean,
  condition: (at: number) => boolean,
): number | null {
  const later = [...new Set(instants)].filter(isLateEnough).sort((one, other) => one - other);
  return later.find(condition) ?? null;
}

/** Made earlier, or at the same instant with the smaller id. */
export function isOlder(one: Card, other: Card): boolean {
  return one.createdAt < other.createdAt || (one.createdAt === other.createdAt && Number(one.id) < Number(other.id));
}

export function isHeld({ what, isDone, isClosedByPortal }: ActivityFields): boolean {
  return what === 'meeting' && isDone && !isClosedByPortal;
}

function isWritten({ what }: ActivityFields): boolean {
  return what === 'letter' || what === 'message';
}

/** Of a kind that is planned, whether done or not. */
export function isPlannable({ what, direction }: ActivityFields): boolean {
  return what === 'meeting' || what === 'to-do' || (what === 'call' && direction === 'outgoing');
}

export function isPlanned(fields: ActivityFields | TaskFields): boolean {
  return !fields.isDone && ('what' in fields ? isPlannable(fields) : true);
}

/** Fields of a lead or deal whose change counts as one; the others follow from something else. */
export function changedFields(before: CardFields, after: CardFields): string[] {
  const watched = [
    ...(['ownerId', 'amountKopecks', 'currency', 'contactId', 'companyId', 'sourceId', 'title'] as const),
    ...(['comments', 'statusDescription', 'closeDate'] as const),
  ];
  const users = new Set([...Object.keys(before.user), ...Object.keys(after.user)]);
  return [
    ...watched.filter((name) => before[name] !== after[name]),
    ...[...users].filter((name) => (before.user[name] ?? null) !== (after.user[name] ?? null)),
  ];
}

function unique(instants: number[]): number[] {
  return [...new Set(instants)];
}

function note<Key, Value>(map: Map<Key, Set<Value>>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values) values.add(value);
  else map.set(key, new Set([value]));
}

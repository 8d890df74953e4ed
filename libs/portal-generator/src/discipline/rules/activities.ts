import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Activity, ActivityFields, Card, TaskFields } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import {
  changedFields,
  changesOf,
  type Contacting,
  firstOf,
  firstOrLater,
  instantsOfRecord,
  isPlannable,
  isPlanned,
  isThere,
  keyOf,
  movesOf,
  type Talk,
  valueOf,
} from '../ledger.js';
import { lengthOf } from '../texts.js';
import { earlier } from './planned-steps.js';

/** Rules A01 to A08. */
export function breachesOfActivities(judging: Judging): Breach[] {
  const { activities } = judging.ledger.facts;
  return [
    ...activities.flatMap((activity) => [
      ...missedCall(judging, activity),
      ...callWithoutResult(judging, activity),
      ...overdueMeeting(judging, activity),
      ...unanswered(judging, activity),
      ...brokenPromise(judging, activity),
    ]),
    ...closedWithoutWork(judging),
    ...closedInBulk(judging),
    ...judging.ledger.cardsOf('lead', 'deal').flatMap((card) => foreignTouch(judging, card)),
  ];
}

/** The card on which an activity was made, when it is of one of the kinds. */
function ownerOf({ ledger }: Judging, activity: Activity, kinds: Card['kind'][]): Card | null {
  const owner = ledger.card(firstOrLater(activity, activity.createdAt).owner);
  return owner !== null && kinds.includes(owner.kind) ? owner : null;
}

/** A call, letter or message of a card that something must follow. */
function followed(
  judging: Judging,
  ruleId: string,
  card: Card,
  activity: Activity,
  facts: { at: number; resolvesAt: number | null }[],
  due: (startAt: number) => number,
): Breach[] {
  return factBreaches(
    {
      ruleId,
      subject: keyOf(card),
      about: `activity:${activity.id}`,
      goneAt: earlier(card.goneAt, activity.goneAt),
      // What happened before the card was there is nobody's breach.
      facts: facts.filter(({ at }) => isThere(card, at)),
      due,
    },
    judging.until,
  );
}

function missedCall(judging: Judging, activity: Activity): Breach[] {
  const card = ownerOf(judging, activity, ['lead', 'deal', 'contact']);
  if (!card || firstOrLater(activity, activity.createdAt).what !== 'call') return [];
  const facts = judging.ledger
    .talksOf(activity, judging.until)
    .filter(({ direction, isConnected }) => direction === 'incoming' && !isConnected)
    .map(({ at }) => ({ at, resolvesAt: talkedAfter(judging, card, at, () => false) }));
  return followed(judging, 'A01', card, activity, facts, (startAt) => judging.workingMinutes(startAt, 30));
}

/** When a connected call of a card has begun after an instant, or something else answers. */
function talkedAfter(
  { ledger }: Judging,
  card: Card,
  after: number,
  answers: (activity: Activity) => boolean,
): number | null {
  return firstOf(
    ledger.instantsOf(card),
    (at) => at > after,
    (at) =>
      ledger.boundTo(card, at).some((activity) => {
        if (firstOrLater(activity, at).what !== 'call') {
          return activity.createdAt > after && activity.createdAt <= at && answers(activity);
        }
        return ledger.talksOf(activity, at).some((talk) => talk.at > after && talk.isConnected);
      }),
  );
}

function callWithoutResult(judging: Judging, activity: Activity): Breach[] {
  const { ledger, until } = judging;
  const card = ownerOf(judging, activity, ['lead', 'deal']);
  const fields = firstOrLater(activity, activity.createdAt);
  if (!card || fields.what !== 'call') return [];
  const isBare = ({ comment }: Talk) => lengthOf(comment) === 0 && lengthOf(fields.description) === 0;
  const facts = ledger
    .talksOf(activity, until)
    .filter((talk) => talk.isConnected && talk.seconds >= 30 && talk.by !== null && isBare(talk))
    .map(({ at }) => ({ at, resolvesAt: enteredAfter(judging, card, activity, at) }));
  return followed(judging, 'A02', card, activity, facts, (startAt) => judging.workingHours(startAt, 1));
}

/** When something was entered on a card after a call: a move, a change, another activity, the result itself. */
function enteredAfter({ ledger }: Judging, card: Card, call: Activity, after: number): number | null {
  const others = ledger.everBoundTo(card).filter((activity) => activity !== call);
  const hangs = (record: { versions: { at: number; fields: { boundTo: string[] } }[] }, at: number) =>
    valueOf(record, at)?.boundTo.includes(keyOf(card)) ?? false;
  const entries = [
    ...movesOf(card).map(({ to }) => to.at),
    ...changesOf(card)
      .filter(({ before, after: changed }) => changedFields(before, changed).length > 0)
      .map(({ at }) => at),
    ...[...others, ...ledger.everTasksOf(card)].flatMap((record) =>
      [record.createdAt, ...doneAt(record)].filter((at) => hangs(record, at)),
    ),
    ...call.versions.filter(({ fields }) => lengthOf(fields.description) > 0).map(({ at }) => at),
  ];
  return firstOf(
    entries,
    (at) => at > after,
    () => true,
  );
}

/** Instants at which an activity or task became done after it was made. */
function doneAt(record: { versions: { at: number; fields: { isDone: boolean } }[] }): number[] {
  return record.versions.flatMap(({ at, fields }, place) => {
    const before = record.versions[place - 1];
    return before && !before.fields.isDone && fields.isDone ? [at] : [];
  });
}

/** A03: from the planned end. */
function overdueMeeting(judging: Judging, activity: Activity): Breach[] {
  return planOverdue(judging, 'A03', activity, (fields) =>
    fields.what === 'meeting' && fields.endAt !== null
      ? { anchor: fields.endAt, due: judging.workingDays(fields.endAt, 1) }
      : null,
  );
}

/** A08: from the deadline. */
function brokenPromise(judging: Judging, activity: Activity): Breach[] {
  return planOverdue(judging, 'A08', activity, (fields) =>
    fields.what === 'call' && fields.deadline !== null
      ? { anchor: fields.deadline, due: judging.workingMinutes(fields.deadline, 30) }
      : null,
  );
}

function planOverdue(
  judging: Judging,
  ruleId: string,
  activity: Activity,
  clock: (fields: ActivityFields) => { anchor: number; due: number } | null,
): Breach[] {
  return stateBreaches(
    {
      ruleId,
      subject: `activity:${activity.id}`,
      goneAt: activity.goneAt,
      instants: instantsOfRecord(activity),
      look(at) {
        const fields = isThere(activity, at) ? valueOf(activity, at) : null;
        const running = fields && isPlanned(fields) ? clock(fields) : null;
        return running && { anchor: running.anchor, due: () => running.due };
      },
    },
    judging.until,
  );
}

function unanswered(judging: Judging, activity: Activity): Breach[] {
  const card = ownerOf(judging, activity, ['lead', 'deal', 'contact']);
  const { what, direction } = firstOrLater(activity, activity.createdAt);
  const isWritten = (fields: ActivityFields) => fields.what === 'letter' || fields.what === 'message';
  if (!card || direction !== 'incoming' || (what !== 'letter' && what !== 'message')) return [];
  const at = activity.createdAt;
  const isAnswer = (one: Activity) => {
    const fields = firstOrLater(one, one.createdAt);
    return isWritten(fields) && fields.direction === 'outgoing';
  };
  const facts = [{ at, resolvesAt: talkedAfter(judging, card, at, isAnswer) }];
  return followed(judging, 'A04', card, activity, facts, (startAt) => judging.workingHours(startAt, 1));
}

function closedWithoutWork(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const { minutes } = judging.parameters('A05');
  return ledger.facts.tasks.flatMap((task) => {
    const closed = task.versions.find(({ fields }) => fields.isDone);
    if (!closed || closed.at - task.createdAt >= minutes * 60_000) return [];
    return closed.fields.boundTo.flatMap((key) => {
      const card = ledger.card(key);
      if (!card || (card.kind !== 'lead' && card.kind !== 'deal')) return [];
      const isWorked = ledger.touches(card, closed.at).some((touch) => touch.at >= task.createdAt);
      return factBreaches(
        {
          ruleId: 'A05',
          subject: keyOf(card),
          about: `task:${task.id}`,
          goneAt: earlier(card.goneAt, task.goneAt),
          facts: isThere(card, closed.at) && !isWorked ? [{ at: closed.at }] : [],
          due: (startAt) => judging.workingDays(startAt, 1),
        },
        until,
      );
    });
  });
}

/** A06: what was planned and is done by a person after its deadline; what the portal closes is nobody's doing. */
function closedInBulk(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const { count, minutes } = judging.parameters('A06');
  const byDoer = new Map<string, { at: number; item: string }[]>();
  const finish = (item: string, at: number, fields: ActivityFields | TaskFields) => {
    const doer = 'what' in fields ? fields.editorId : fields.changedBy;
    const isByPortal = 'what' in fields && (fields.isClosedByPortal || !isPlannable(fields));
    if (doer === null || isByPortal || fields.deadline === null || at <= fields.deadline) return;
    byDoer.set(doer, [...(byDoer.get(doer) ?? []), { at, item }]);
  };
  for (const activity of ledger.facts.activities) {
    for (const at of doneAt(activity)) finish(`activity:${activity.id}`, at, firstOrLater(activity, at));
  }
  for (const task of ledger.facts.tasks) {
    for (const at of doneAt(task)) {
      const fields = valueOf(task, at);
      if (fields) finish(`task:${task.id}`, at, fields);
    }
  }
  return [...byDoer].flatMap(([doer, done]) =>
    factBreaches(
      {
        ruleId: 'A06',
        subject: `employee:${doer}`,
        facts: done.filter(({ at }) => {
          return done.filter((one) => one.at <= at && one.at >= at - minutes * 60_000).length >= count;
        }),
        due: (startAt) => judging.workingDays(startAt, 1),
        joins: (lastAt, at) => at - lastAt <= 3_600_000,
      },
      until,
    ),
  );
}

function foreignTouch(judging: Judging, card: Card): Breach[] {
  const { ledger, until } = judging;
  const { allowed } = judging.parameters('A07');
  const isForeign = ({ knownAt: at, by, isIncoming, isTouch }: Contacting) => {
    const ownerId = isThere(card, at) ? (valueOf(card, at)?.ownerId ?? null) : null;
    return isTouch && !isIncoming && by !== null && ownerId !== null && by !== ownerId && !allowed.includes(by);
  };
  const key = keyOf(card);
  const made = ledger
    .everBoundTo(card)
    .flatMap((activity) => ledger.contactingsOf(activity, until))
    .filter(({ knownAt: at, activityId }) => {
      const activity = ledger.activities.get(activityId);
      return activity !== undefined && firstOrLater(activity, at).boundTo.includes(key);
    });
  return factBreaches(
    {
      ruleId: 'A07',
      subject: key,
      goneAt: card.goneAt,
      facts: made.filter(isForeign).map(({ knownAt: at, activityId }) => ({ at, item: `activity:${activityId}` })),
      due: (startAt) => judging.workingDays(startAt, 1),
      joins: (lastAt, at) => at <= judging.workingDays(lastAt, 1),
    },
    until,
  );
}

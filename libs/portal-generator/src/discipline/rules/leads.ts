import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Activity, ActivityFields, Card, Task, TaskFields } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import {
  changesOf,
  firstOrLater,
  instantsOfRecord,
  isOlder,
  isOpen,
  isPlanned,
  isThere,
  keyOf,
  movesOf,
  standing,
  stands,
  valueOf,
} from '../ledger.js';
import { channelKeys, lengthOf, phoneKey } from '../texts.js';

/** Rules L01 to L13. */
export function breachesOfLeads(judging: Judging): Breach[] {
  const { ledger } = judging;
  const leads = ledger.cardsOf('lead');
  const cards = ledger.cardsOf('lead', 'deal');
  return [
    ...leads.flatMap((lead) => notTouched(judging, lead)),
    ...leads.flatMap((lead) => leftInFirstStage(judging, lead)),
    ...leads.flatMap((lead) => nothingPlanned(judging, lead, 'L03')),
    ...overdue(judging),
    ...putOffAgain(judging),
    ...leads.flatMap((lead) => givenUpEarly(judging, lead)),
    ...cards.flatMap((card) => lostWithoutReason(judging, card)),
    ...cards.flatMap((card) => withoutSource(judging, card)),
    ...sharedChannels(leads).flatMap(([lead, others]) => keptTwice(judging, lead, others)),
    ...ledger.cardsOf('contact').flatMap((contact) => madeWithoutChannels(judging, contact)),
    ...leads.flatMap((lead) => besideTheChannel(judging, lead)),
    ...cards.flatMap((card) => passedAround(judging, card)),
    ...cards.flatMap((card) => handedBack(judging, card)),
  ];
}

function notTouched(judging: Judging, lead: Card): Breach[] {
  const { ledger, until } = judging;
  const { minutes, hot_minutes, hot_sources } = judging.parameters('L01');
  return stateBreaches(
    {
      ruleId: 'L01',
      subject: keyOf(lead),
      goneAt: lead.goneAt,
      instants: ledger.instantsOf(lead),
      look(at) {
        const isTouched = ledger.touches(lead, at).some(({ isIncoming }) => !isIncoming);
        if (!isOpen(lead, at) || isTouched) return null;
        const isHot = hot_sources.includes(valueOf(lead, at)?.sourceId ?? '');
        return { due: () => judging.workingMinutes(lead.createdAt, isHot ? hot_minutes : minutes) };
      },
    },
    until,
  );
}

function leftInFirstStage(judging: Judging, lead: Card): Breach[] {
  const { ledger, until } = judging;
  return stateBreaches(
    {
      ruleId: 'L02',
      subject: keyOf(lead),
      goneAt: lead.goneAt,
      instants: [...ledger.instantsOf(lead), ...ledger.configured],
      look(at) {
        const move = standing(lead, at);
        if (!move || !isOpen(lead, at) || ledger.standingRank(lead, at) !== 0) return null;
        return { anchor: move.at, due: () => judging.workingDays(move.at, 1) };
      },
    },
    until,
  );
}

/** L03 for a lead, F01 for a deal. */
export function nothingPlanned(judging: Judging, card: Card, ruleId: 'L03' | 'F01'): Breach[] {
  const { ledger, until } = judging;
  return stateBreaches(
    {
      ruleId,
      subject: keyOf(card),
      goneAt: card.goneAt,
      instants: ledger.instantsOf(card),
      look: (at) => (isOpen(card, at) && !ledger.hasPlan(card, at) ? { due: () => judging.workingHours(at, 4) } : null),
    },
    until,
  );
}

/** L04: to-dos and tasks; meetings and calls have rules of their own. */
function overdue(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const leadsAndDeals = (boundTo: string[]) =>
    boundTo.map((key) => ledger.card(key)).filter((card) => card?.kind === 'lead' || card?.kind === 'deal');
  const ofRecord = (subject: string, record: Activity | Task, isMeant: (at: number) => boolean) =>
    stateBreaches(
      {
        ruleId: 'L04',
        subject,
        goneAt: record.goneAt,
        instants: [
          ...instantsOfRecord(record),
          ...record.versions.flatMap(({ fields }) =>
            leadsAndDeals(fields.boundTo).flatMap((card) => (card ? instantsOfRecord(card) : [])),
          ),
        ],
        look(at) {
          const fields = isThere(record, at) ? valueOf<ActivityFields | TaskFields>(record, at) : null;
          const deadline = fields?.deadline ?? null;
          if (!fields || deadline === null || !isPlanned(fields) || !isMeant(at)) return null;
          if (!leadsAndDeals(fields.boundTo).some((card) => card && isThere(card, at))) return null;
          return { anchor: deadline, due: () => judging.workingDays(deadline, 1) };
        },
      },
      until,
    );
  return [
    ...ledger.facts.activities.flatMap((activity) =>
      ofRecord(`activity:${activity.id}`, activity, (at) => firstOrLater(activity, at).what === 'to-do'),
    ),
    ...ledger.facts.tasks.flatMap((task) => ofRecord(`task:${task.id}`, task, () => true)),
  ];
}

/** L05: every later move of a deadline from the third on since the last touch of the lead or deal. */
function putOffAgain(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const { times } = judging.parameters('L05');
  const ofRecord = (about: string, record: Activity | Task, ever: Card[]) => {
    const later = changesOf<ActivityFields | TaskFields>(record).filter(
      ({ at, before, after }) =>
        isPlanned(before) &&
        isPlanned(after) &&
        isThere(record, at) &&
        before.deadline !== null &&
        after.deadline !== null &&
        after.deadline > before.deadline,
    );
    if (later.length < times) return [];
    return ever.flatMap((card) => {
      const facts = later.filter(({ at }) => {
        if (!isThere(card, at) || !valueOf<{ boundTo: string[] }>(record, at)?.boundTo.includes(keyOf(card)))
          return false;
        const touches = ledger
          .touches(card, at)
          .map((touch) => touch.at)
          .filter((touchedAt) => touchedAt < at);
        const since = Math.max(Number.NEGATIVE_INFINITY, ...touches);
        return later.filter((one) => one.at > since && one.at <= at).length >= times;
      });
      return factBreaches(
        {
          ruleId: 'L05',
          subject: keyOf(card),
          about,
          goneAt: earlier(card.goneAt, record.goneAt),
          facts: facts.map(({ at }) => ({ at, resolvesAt: ledger.touchedAfter(card, at, 'after') })),
          due: (startAt) => judging.workingDays(startAt, 1),
        },
        until,
      );
    });
  };
  const cardsOf = (record: Activity | Task) =>
    [...new Set(record.versions.flatMap(({ fields }) => fields.boundTo))].flatMap((key) => {
      const card = ledger.card(key);
      return card?.kind === 'lead' || card?.kind === 'deal' ? [card] : [];
    });
  return [
    ...ledger.facts.activities.flatMap((one) => ofRecord(`activity:${one.id}`, one, cardsOf(one))),
    ...ledger.facts.tasks.flatMap((one) => ofRecord(`task:${one.id}`, one, cardsOf(one))),
  ];
}

/** The earlier of two instants that may never come. */
export function earlier(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}

function givenUpEarly(judging: Judging, lead: Card): Breach[] {
  const { ledger, until } = judging;
  const { touches, days } = judging.parameters('L06');
  const facts = movesOf(lead).filter(({ from, to }) => {
    if (from.semantics === 'F' || to.semantics !== 'F') return false;
    const before = ledger.touches(lead, to.at).filter((touch) => touch.at < to.at);
    return before.length < touches || to.at < judging.workingDays(lead.createdAt, days);
  });
  return factBreaches(
    {
      ruleId: 'L06',
      subject: keyOf(lead),
      goneAt: lead.goneAt,
      facts: facts.map(({ to }) => ({ at: to.at })),
      due: (startAt) => startAt,
    },
    until,
  );
}

function lostWithoutReason(judging: Judging, card: Card): Breach[] {
  const { ledger, until } = judging;
  const { reason_field, stop_list, length } = judging.parameters('L07');
  return stateBreaches(
    {
      ruleId: 'L07',
      subject: keyOf(card),
      goneAt: card.goneAt,
      instants: ledger.instantsOf(card),
      look(at) {
        const fields = valueOf(card, at);
        const move = standing(card, at);
        if (!fields || !move || !stands(card, 'F', at)) return null;
        const comment = card.kind === 'lead' ? fields.statusDescription : fields.comments;
        const isShort = lengthOf(comment) < length;
        const reason = reason_field === null ? null : (fields.user[reason_field] ?? null);
        const isMissing = reason_field === null ? isShort : reason === null || (stop_list.includes(reason) && isShort);
        return isMissing ? { anchor: move.at, due: () => judging.workingDays(move.at, 1) } : null;
      },
    },
    until,
  );
}

function withoutSource(judging: Judging, card: Card): Breach[] {
  return stateBreaches(
    {
      ruleId: 'L08',
      subject: keyOf(card),
      goneAt: card.goneAt,
      instants: instantsOfRecord(card),
      look: (at) =>
        valueOf(card, at)?.sourceId === null ? { due: () => judging.workingDays(card.createdAt, 1) } : null,
    },
    judging.until,
  );
}

/** Each card that shares a phone or e-mail with another one at any time, with those others. */
export function sharedChannels(cards: Card[]): [Card, Card[]][] {
  const byKey = new Map<string, Set<Card>>();
  const everKeys = (card: Card) => new Set(card.versions.flatMap(({ fields }) => channelKeys(fields)));
  for (const card of cards) {
    for (const key of everKeys(card)) byKey.set(key, (byKey.get(key) ?? new Set()).add(card));
  }
  return cards.flatMap((card): [Card, Card[]][] => {
    const others = new Set([...everKeys(card)].flatMap((key) => [...(byKey.get(key) ?? [])]));
    others.delete(card);
    return others.size > 0 ? [[card, [...others]]] : [];
  });
}

export function shareChannel(one: Card, other: Card, at: number): boolean {
  const [ours, theirs] = [valueOf(one, at), valueOf(other, at)];
  if (!ours || !theirs) return false;
  const keys = channelKeys(theirs);
  return channelKeys(ours).some((key) => keys.includes(key));
}

function keptTwice(judging: Judging, lead: Card, others: Card[]): Breach[] {
  const { ledger, until } = judging;
  return stateBreaches(
    {
      ruleId: 'L09',
      subject: keyOf(lead),
      goneAt: lead.goneAt,
      instants: [lead, ...others].flatMap((card) => ledger.instantsOf(card)),
      look(at) {
        const hasOlder = others.some(
          (other) => isOlder(other, lead) && isOpen(other, at) && shareChannel(lead, other, at),
        );
        return isOpen(lead, at) && hasOlder ? { due: () => judging.workingDays(at, 1) } : null;
      },
    },
    until,
  );
}

function madeWithoutChannels(judging: Judging, contact: Card): Breach[] {
  return stateBreaches(
    {
      ruleId: 'L10',
      subject: keyOf(contact),
      goneAt: contact.goneAt,
      instants: instantsOfRecord(contact),
      look(at) {
        const fields = valueOf(contact, at);
        const isMute = fields?.leadId != null && fields.phones.length === 0 && fields.emails.length === 0;
        return isMute ? { due: () => judging.workingDays(at, 1) } : null;
      },
    },
    judging.until,
  );
}

function besideTheChannel(judging: Judging, lead: Card): Breach[] {
  const { ledger, until } = judging;
  const { hours } = judging.parameters('L11');
  if (lead.createdBy === null) return [];
  const near = ledger.facts.calls.filter(
    (call) =>
      call.direction === 'incoming' &&
      call.phone !== null &&
      Math.abs(call.startedAt - lead.createdAt) <= hours * 3_600_000,
  );
  if (near.length === 0) return [];
  const isBound = (activityId: string | null, at: number) => {
    const activity = activityId === null ? undefined : ledger.activities.get(activityId);
    return activity !== undefined && firstOrLater(activity, at).boundTo.includes(keyOf(lead));
  };
  return stateBreaches(
    {
      ruleId: 'L11',
      subject: keyOf(lead),
      goneAt: lead.goneAt,
      instants: [...ledger.instantsOf(lead), ...near.map(({ startedAt }) => startedAt)],
      staysOpen: true,
      look(at) {
        const fields = isThere(lead, at) ? valueOf(lead, at) : null;
        if (!fields || fields.origin !== null) return null;
        const phones = fields.phones.map(phoneKey).filter((key) => key !== null);
        const call = near.find(
          ({ startedAt, phone, activityId }) =>
            startedAt <= at && phones.includes(phoneKey(phone ?? '') ?? 'none') && !isBound(activityId, at),
        );
        return call ? { due: () => judging.workingDays(at, 1) } : null;
      },
    },
    until,
  );
}

/** L12: the third-last change of the owner since the last touch lies at most two working days back. */
function passedAround(judging: Judging, card: Card): Breach[] {
  const { ledger, until } = judging;
  const { times, days } = judging.parameters('L12');
  const changes = ownerChanges(card);
  if (changes.length < times) return [];
  const facts = changes.filter(({ at }) => {
    const touchedAt = touchedBefore(judging, card, at);
    const since = changes.filter((change) => change.at <= at && change.at > touchedAt);
    const first = since.at(-times);
    return first !== undefined && judging.workingDays(first.at, days) >= at;
  });
  return factBreaches(
    {
      ruleId: 'L12',
      subject: keyOf(card),
      goneAt: card.goneAt,
      facts: facts.map(({ at }) => ({ at, resolvesAt: ledger.touchedAfter(card, at, 'from') })),
      due: (startAt) => judging.workingDays(startAt, 1),
      joins: (lastAt, at) => touchedBefore(judging, card, at) < lastAt,
    },
    until,
  );
}

function handedBack(judging: Judging, card: Card): Breach[] {
  const { queue_users } = judging.parameters('L13');
  const facts = ownerChanges(card).filter(
    ({ at, after }) =>
      queue_users.includes(after.ownerId ?? '') && touchedBefore(judging, card, at) === Number.NEGATIVE_INFINITY,
  );
  return factBreaches(
    {
      ruleId: 'L13',
      subject: keyOf(card),
      goneAt: card.goneAt,
      facts: facts.map(({ at }) => ({ at })),
      due: (startAt) => judging.workingDays(startAt, 1),
    },
    judging.until,
  );
}

function ownerChanges(card: Card) {
  return changesOf(card).filter(({ before, after }) => before.ownerId !== after.ownerId);
}

/** The last touch before an instant; a touch of that very instant comes after a change of it. */
function touchedBefore({ ledger }: Judging, card: Card, at: number): number {
  const times = ledger
    .touches(card, at)
    .map((touch) => touch.at)
    .filter((touchedAt) => touchedAt < at);
  return Math.max(Number.NEGATIVE_INFINITY, ...times);
}

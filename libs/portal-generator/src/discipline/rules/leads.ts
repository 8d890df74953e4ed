import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Card } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { changesOf, instantsOfRecord, isOpen, keyOf, movesOf, standing, stands, valueOf } from '../ledger.js';
import { lengthOf } from '../texts.js';
import { sharedChannels, keptTwice, madeWithoutChannels, besideTheChannel } from './lead-twins.js';
import { nothingPlanned, overdue, putOffAgain } from './planned-steps.js';

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
    ...leads.flatMap((lead) => handedBack(judging, lead)),
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

function givenUpEarly(judging: Judging, lead: Card): Breach[] {
  const { ledger, until } = judging;
  const { touches, days } = judging.parameters('L06');
  const facts = movesOf(lead).filter(({ from, to }) => {
    if (from.semantics === 'F' || to.semantics !== 'F') return false;
    return ledger.touches(lead, to.at).length < touches || to.at < judging.workingDays(lead.createdAt, days);
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

/** L12: the third-last change of the owner since the last touch lies at most two working days back. */
function passedAround(judging: Judging, card: Card): Breach[] {
  const { ledger, until } = judging;
  const { times, days } = judging.parameters('L12');
  const changes = ownerChanges(card);
  if (changes.length < times) return [];
  const facts = changes.filter(({ at }) => {
    const touchedAt = touchedBy(judging, card, at);
    const since = changes.filter((change) => change.at <= at && change.at > touchedAt);
    const first = since.at(-times);
    return first !== undefined && judging.workingDays(first.at, days) >= at;
  });
  return factBreaches(
    {
      ruleId: 'L12',
      subject: keyOf(card),
      goneAt: card.goneAt,
      facts: facts.map(({ at }) => ({ at, resolvesAt: ledger.touchedAfter(card, at) })),
      due: (startAt) => judging.workingDays(startAt, 1),
      joins: (lastAt, at) => touchedBy(judging, card, at) <= lastAt,
    },
    until,
  );
}

function handedBack(judging: Judging, card: Card): Breach[] {
  const { queue_users } = judging.parameters('L13');
  const facts = ownerChanges(card).filter(
    ({ at, after }) =>
      queue_users.includes(after.ownerId ?? '') && touchedBy(judging, card, at) === Number.NEGATIVE_INFINITY,
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

/** The last touch by an instant, one of that very instant included. */
function touchedBy({ ledger }: Judging, card: Card, at: number): number {
  return ledger.lastTouch(card, at) ?? Number.NEGATIVE_INFINITY;
}

import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Activity, Card } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { changedFields, changesOf, instantsOfRecord, isOpen, keyOf, standing, valueOf } from '../ledger.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Rules O01 and O03 to O08. */
export function breachesOfOwnership(judging: Judging): Breach[] {
  return [
    ...ownerInactive(judging),
    ...manyVanished(judging),
    ...judging.ledger.cardsOf('deal').flatMap((deal) => openDealDeleted(judging, deal)),
    ...configuredAnew(judging),
    ...judging.ledger.cardsOf('lead', 'deal').flatMap((card) => fieldFlips(judging, card)),
    ...tooManyDeals(judging),
    ...silentChannels(judging),
  ];
}

/** When a card is open in the hands of one person: `[from, to)`. */
interface Holding {
  card: Card;
  from: number;
  to: number;
}

function holdingsByOwner(judging: Judging, cards: Card[]): Map<string, Holding[]> {
  const byOwner = new Map<string, Holding[]>();
  for (const card of cards) {
    const instants = [...new Set([...instantsOfRecord(card), ...card.moves.map(({ at }) => at)])].sort(
      (one, other) => one - other,
    );
    instants.forEach((from, place) => {
      const ownerId = isOpen(card, from) ? (valueOf(card, from)?.ownerId ?? null) : null;
      if (ownerId === null) return;
      const to = instants[place + 1] ?? Number.POSITIVE_INFINITY;
      const held = byOwner.get(ownerId) ?? [];
      held.push({ card, from, to });
      byOwner.set(ownerId, held);
    });
  }
  return byOwner;
}

const ends = (held: Holding[]) =>
  held.flatMap(({ from, to }) => (to === Number.POSITIVE_INFINITY ? [from] : [from, to]));
const heldAt = (held: Holding[], at: number) => held.filter(({ from, to }) => from <= at && at < to);

function ownerInactive(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const byOwner = holdingsByOwner(judging, ledger.cardsOf('lead', 'deal'));
  return ledger.employees.flatMap((employee) => {
    if (employee.versions.every(({ fields }) => fields.isActive)) return [];
    const held = byOwner.get(employee.id) ?? [];
    return stateBreaches(
      {
        ruleId: 'O01',
        subject: `employee:${employee.id}`,
        instants: [...instantsOfRecord(employee), ...ends(held)],
        look(at) {
          const open = valueOf(employee, at)?.isActive === false ? heldAt(held, at) : [];
          return open.length > 0 ? { due: () => at, items: () => open.map(({ card }) => keyOf(card)) } : null;
        },
      },
      until,
    );
  });
}

/** O03: leads, deals, contacts, companies and invoices; a merge makes the losers vanish too. */
function manyVanished(judging: Judging): Breach[] {
  const { deleted } = judging.parameters('O03');
  const vanished = judging.ledger.facts.cards.flatMap((card) =>
    card.goneAt !== null && card.goneAt <= judging.until ? [{ at: card.goneAt, item: keyOf(card) }] : [],
  );
  const facts = vanished.filter(
    ({ at }) => vanished.filter((one) => one.at <= at && one.at >= at - HOUR_MS).length >= deleted,
  );
  return factBreaches(
    {
      ruleId: 'O03',
      subject: 'portal:-',
      facts,
      due: (startAt) => startAt,
      joins: (lastAt, at) => at - lastAt <= HOUR_MS,
    },
    judging.until,
  );
}

function openDealDeleted(judging: Judging, deal: Card): Breach[] {
  const { goneAt } = deal;
  const isFact = goneAt !== null && deal.goneAs === 'deleted' && standing(deal, goneAt)?.semantics === 'P';
  return factBreaches(
    { ruleId: 'O04', subject: keyOf(deal), facts: isFact ? [{ at: goneAt }] : [], due: (startAt) => startAt },
    judging.until,
  );
}

function configuredAnew(judging: Judging): Breach[] {
  const kinds = ['lead', 'deal', 'invoice'] as const;
  return kinds.flatMap((kind) => {
    const readings = judging.ledger.facts.configurations.filter((reading) => reading.kind === kind).slice(1);
    return factBreaches(
      {
        ruleId: 'O05',
        subject: 'portal:-',
        about: `pipelines:${kind}`,
        facts: readings.map(({ at }) => ({ at })),
        due: (startAt) => judging.workingDays(startAt, 1),
      },
      judging.until,
    );
  });
}

function fieldFlips(judging: Judging, card: Card): Breach[] {
  const { times } = judging.parameters('O06');
  const changes = changesOf(card).map(({ at, before, after }) => ({ at, names: changedFields(before, after) }));
  if (changes.length < times) return [];
  const facts = changes.filter(({ at, names }) =>
    names.some((name) => {
      const near = changes.filter((one) => one.at <= at && one.at >= at - HOUR_MS && one.names.includes(name));
      return near.length >= times;
    }),
  );
  return factBreaches(
    {
      ruleId: 'O06',
      subject: keyOf(card),
      goneAt: card.goneAt,
      facts: facts.map(({ at }) => ({ at })),
      due: (startAt) => startAt,
      joins: (lastAt, at) => at - lastAt <= DAY_MS,
      resolution: (lastAt) => lastAt + DAY_MS,
    },
    judging.until,
  );
}

function tooManyDeals(judging: Judging): Breach[] {
  const { deals } = judging.parameters('O07');
  const byOwner = holdingsByOwner(judging, judging.ledger.cardsOf('deal'));
  return [...byOwner].flatMap(([ownerId, held]) =>
    stateBreaches(
      {
        ruleId: 'O07',
        subject: `employee:${ownerId}`,
        instants: ends(held),
        look: (at) => (heldAt(held, at).length > deals ? { due: () => judging.workingDays(at, 1) } : null),
      },
      judging.until,
    ),
  );
}

/** O08: everything that came through a channel, and whether the next came in time. */
function silentChannels(judging: Judging): Breach[] {
  const { hours } = judging.parameters('O08');
  return Object.entries(hours).flatMap(([channel, limit]) => {
    const arrivals = arrivalsThrough(judging, channel).sort((one, other) => one - other);
    const due = (at: number) => judging.workingHours(at, Math.max(1, limit));
    return factBreaches(
      {
        ruleId: 'O08',
        subject: 'portal:-',
        about: `channel:${channel}`,
        facts: arrivals.map((at) => ({ at, resolvesAt: arrivals.find((next) => next > at) ?? null })),
        due,
      },
      judging.until,
    );
  });
}

const channels: Readonly<Partial<Record<Activity['versions'][number]['fields']['what'], string>>> = {
  call: 'calls',
  letter: 'mail',
  message: 'messages',
};

function arrivalsThrough({ ledger }: Judging, channel: string): number[] {
  const sourced = ledger
    .cardsOf('lead', 'deal')
    .filter(
      ({ kind, versions: [first] }) => first?.fields.sourceId === channel && (kind === 'lead' || !first.fields.leadId),
    )
    .map(({ createdAt }) => createdAt);
  const incoming = ledger.facts.activities
    .filter(
      ({ versions: [first] }) => first?.fields.direction === 'incoming' && channels[first.fields.what] === channel,
    )
    .map((activity) =>
      Math.min(activity.createdAt, ...ledger.callsOfActivity(activity).map(({ startedAt }) => startedAt)),
    );
  return [...sourced, ...incoming];
}

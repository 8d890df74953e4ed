import type { Breach } from '../breach.js';
import { stateBreaches } from '../episodes.js';
import type { Card } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { firstOrLater, instantsOfRecord, isOlder, isOpen, isThere, keyOf, valueOf } from '../ledger.js';
import { channelKeys, phoneKey } from '../texts.js';

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

export function keptTwice(judging: Judging, lead: Card, others: Card[]): Breach[] {
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

export function madeWithoutChannels(judging: Judging, contact: Card): Breach[] {
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

export function besideTheChannel(judging: Judging, lead: Card): Breach[] {
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

import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Activity, ActivityFields, Card, Task, TaskFields } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { changesOf, firstOrLater, instantsOfRecord, isOpen, isPlanned, isThere, keyOf, valueOf } from '../ledger.js';

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
export function overdue(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const ofRecord = (subject: string, record: Activity | Task, isMeant: (at: number) => boolean) =>
    stateBreaches(
      {
        ruleId: 'L04',
        subject,
        goneAt: record.goneAt,
        instants: [...instantsOfRecord(record)],
        look(at) {
          const fields = isThere(record, at) ? valueOf<ActivityFields | TaskFields>(record, at) : null;
          const deadline = fields?.deadline ?? null;
          if (!fields || deadline === null || !isPlanned(fields) || !isMeant(at)) return null;
          if (!fields.boundTo.some((key) => /^(lead|deal):/.test(key))) return null;
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

/** L05: the third later move of a deadline since the last touch of the lead or deal. */
export function putOffAgain(judging: Judging): Breach[] {
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
        const since = ledger.lastTouch(card, at) ?? Number.NEGATIVE_INFINITY;
        return later.filter((one) => one.at > since && one.at <= at).length === times;
      });
      return factBreaches(
        {
          ruleId: 'L05',
          subject: keyOf(card),
          about,
          goneAt: earlier(card.goneAt, record.goneAt),
          facts: facts.map(({ at }) => ({ at, resolvesAt: ledger.touchedAfter(card, at) })),
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

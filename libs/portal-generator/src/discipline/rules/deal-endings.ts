import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Card } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { changesOf, isThere, keyOf, movesOf, standing, stands, valueOf } from '../ledger.js';
import { earlier } from './planned-steps.js';

export function lostWithoutGround(judging: Judging, deal: Card): Breach[] {
  const { ledger, until } = judging;
  const { attempts, days } = judging.parameters('D08');
  const facts = movesOf(deal).filter(({ from, to }) => {
    if (from.semantics === 'F' || to.semantics !== 'F') return false;
    const made = ledger.contactings(deal, to.at).filter(({ isIncoming }) => !isIncoming).length;
    return made === 0 || (made < attempts && to.at < judging.workingDays(deal.createdAt, days));
  });
  return factBreaches(
    {
      ruleId: 'D08',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts: facts.map(({ to }) => ({ at: to.at })),
      due: (startAt) => startAt,
    },
    until,
  );
}

/** `company:3` or `contact:5`. */
function clientOf(deal: Card, at: number): string | null {
  const fields = valueOf(deal, at);
  if (fields?.companyId) return `company:${fields.companyId}`;
  return fields?.contactId ? `contact:${fields.contactId}` : null;
}

export function madeAgain(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const { days } = judging.parameters('D09');
  return ledger.cardsOf('deal').flatMap((deal) => {
    const at = deal.createdAt;
    const client = clientOf(deal, at);
    if (client === null) return [];
    const wasLost = ledger.everLinkedTo(client, 'deal').some((other) => {
      const move = standing(other, at);
      const isLost = move?.semantics === 'F' && isThere(other, at) && move.at >= at - days * 86_400_000;
      return other !== deal && isLost && clientOf(other, at) === client;
    });
    const clientGoneAt = ledger.card(client)?.goneAt ?? null;
    return factBreaches(
      {
        ruleId: 'D09',
        subject: client,
        about: keyOf(deal),
        goneAt: earlier(deal.goneAt, clientGoneAt),
        facts: wasLost ? [{ at }] : [],
        due: (startAt) => judging.workingDays(startAt, 1),
      },
      until,
    );
  });
}

export function reopened(judging: Judging, deal: Card): Breach[] {
  const facts = movesOf(deal).filter(({ from, to }) => from.semantics !== 'P' && to.semantics === 'P');
  return factBreaches(
    {
      ruleId: 'D10',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts: facts.map(({ to }) => ({ at: to.at })),
      due: (startAt) => startAt,
    },
    judging.until,
  );
}

export function wonWithoutPayment(judging: Judging, deal: Card): Breach[] {
  const { ledger, until } = judging;
  const { days } = judging.parameters('D11');
  const invoices = ledger.everLinkedTo(keyOf(deal), 'invoice');
  return stateBreaches(
    {
      ruleId: 'D11',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      instants: [deal, ...invoices].flatMap((card) => ledger.instantsOf(card)),
      look(at) {
        const move = standing(deal, at);
        if (!move || !stands(deal, 'S', at)) return null;
        const isPaid = ledger.linkedTo(keyOf(deal), 'invoice', at).some((invoice) => stands(invoice, 'S', at));
        return isPaid ? null : { anchor: move.at, due: () => judging.workingDays(move.at, days) };
      },
    },
    until,
  );
}

export function wonWithOddAmount(judging: Judging, deal: Card): Breach[] {
  const { amount_limits } = judging.parameters('D12');
  return stateBreaches(
    {
      ruleId: 'D12',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      instants: judging.ledger.instantsOf(deal),
      look(at) {
        const amount = (valueOf(deal, at)?.amountKopecks ?? 0) / 100;
        const limit = amount_limits[standing(deal, at)?.pipelineId ?? ''] ?? Number.POSITIVE_INFINITY;
        return stands(deal, 'S', at) && (amount <= 0 || amount > limit) ? { due: () => at } : null;
      },
    },
    judging.until,
  );
}

export function amountChangedAfterWon(judging: Judging, deal: Card): Breach[] {
  const facts = changesOf(deal).filter(({ at, before, after }) => {
    const move = standing(deal, at);
    return before.amountKopecks !== after.amountKopecks && move?.semantics === 'S' && at > move.at;
  });
  return factBreaches(
    {
      ruleId: 'D13',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts: facts.map(({ at }) => ({ at })),
      due: (startAt) => startAt,
    },
    judging.until,
  );
}

export function createdWon(judging: Judging, deal: Card): Breach[] {
  const [first] = deal.moves;
  const isSo = first?.isRow && first.at === deal.createdAt && first.semantics === 'S';
  return factBreaches(
    {
      ruleId: 'D14',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts: isSo ? [{ at: first.at }] : [],
      due: (startAt) => judging.workingDays(startAt, 1),
    },
    judging.until,
  );
}

import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Card, Move } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import {
  changesOf,
  firstOf,
  instantsOfRecord,
  isHeld,
  isOpen,
  isThere,
  keyOf,
  firstOrLater,
  movesOf,
  standing,
  stands,
  valueOf,
} from '../ledger.js';
import { isFilled } from './completeness.js';
import { earlier } from './leads.js';

/** Rules D01 to D17; D06 among those of completeness. */
export function breachesOfMovement(judging: Judging): Breach[] {
  const deals = judging.ledger.cardsOf('deal');
  return [
    ...deals.flatMap((deal) => [
      ...stageSkipped(judging, deal),
      ...movedBack(judging, deal),
      ...fastForward(judging, deal),
      ...stalled(judging, deal),
      ...withoutProof(judging, deal),
      ...lostWithoutGround(judging, deal),
      ...reopened(judging, deal),
      ...wonWithoutPayment(judging, deal),
      ...wonWithOddAmount(judging, deal),
      ...amountChangedAfterWon(judging, deal),
      ...createdWon(judging, deal),
      ...pipelineChanged(judging, deal),
      ...parked(judging, deal),
    ]),
    ...madeAgain(judging),
    ...movedInBulk(judging),
    ...movedAtNight(judging),
  ];
}

interface Step {
  from: Move;
  to: Move;
}

const samePipeline = ({ from, to }: Step) => from.pipelineId === to.pipelineId;

/** Places of both stages of a move, when it stays inside its pipeline and both have one. */
function ranks({ ledger }: Judging, step: Step): { from: number; to: number } | null {
  if (!samePipeline(step)) return null;
  const from = ledger.rankOf(step.from.pipelineId, step.from.stageId, step.to.at);
  const to = ledger.rankOf(step.to.pipelineId, step.to.stageId, step.to.at);
  return from === null || to === null ? null : { from, to };
}

function isForward(judging: Judging, step: Step): boolean {
  const places = ranks(judging, step);
  return places !== null && places.to > places.from;
}

/** Every instant at which a proof of a deal may come or go. */
function proofInstants({ ledger }: Judging, deal: Card): number[] {
  return [...ledger.instantsOf(deal), ...ledger.everLinkedTo(keyOf(deal), 'invoice').flatMap(instantsOfRecord)];
}

function hasProof({ ledger }: Judging, deal: Card, proof: string, at: number): boolean {
  switch (proof) {
    case 'meeting':
      return ledger.boundTo(deal, at).some((one) => one.createdAt <= at && isHeld(firstOrLater(one, at)));
    case 'file':
      return ledger.hasSentFile(deal, at);
    case 'call':
      return ledger.boundTo(deal, at).some((one) => {
        return firstOrLater(one, at).what === 'call' && ledger.talksOf(one, at).some(({ isConnected }) => isConnected);
      });
    case 'invoice':
      return ledger.linkedTo(keyOf(deal), 'invoice', at).length > 0;
    default:
      return isFilled(valueOf(deal, at), proof.replace('field:', ''));
  }
}

function stageSkipped(judging: Judging, deal: Card): Breach[] {
  const { ledger, until } = judging;
  const { mandatory } = judging.parameters('D01');
  const { proofs } = judging.parameters('D05');
  const facts = movesOf(deal).flatMap((step) => {
    const places = ranks(judging, step);
    if (!places || places.to <= places.from) return [];
    const { pipelineId, at } = step.to;
    const entered = deal.moves.filter(({ order, pipelineId: id }) => order < step.to.order && id === pipelineId);
    const skipped = ledger
      .rankedStages(pipelineId, at)
      .slice(places.from + 1, places.to)
      .filter(({ id, semantics }) => semantics === 'P' && (mandatory.length === 0 || mandatory.includes(id)))
      .filter(({ id }) => entered.every(({ stageId }) => stageId !== id));
    if (skipped.length === 0) return [];
    const needed = skipped.map(({ id }) => proofs[id] ?? []);
    const resolvesAt = needed.some((list) => list.length === 0)
      ? null
      : firstOf(
          proofInstants(judging, deal),
          (instant) => instant >= at,
          (instant) => needed.flat().every((proof) => hasProof(judging, deal, proof, instant)),
        );
    return [{ at, resolvesAt }];
  });
  return factBreaches(
    {
      ruleId: 'D01',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts,
      due: (startAt) => judging.workingDays(startAt, 1),
    },
    until,
  );
}

function movedBack(judging: Judging, deal: Card): Breach[] {
  const { reason_field } = judging.parameters('D02');
  const reasonOf = (user: Readonly<Record<string, string | null>>) =>
    reason_field === null ? null : (user[reason_field] ?? null);
  const explanations = changesOf(deal).filter(({ before, after }) => {
    const reason = reasonOf(after.user);
    return before.comments !== after.comments || (reason !== null && reason !== reasonOf(before.user));
  });
  const facts = movesOf(deal).flatMap((step) => {
    const places = ranks(judging, step);
    if (!places || places.to >= places.from || step.from.semantics !== 'P' || step.to.semantics !== 'P') return [];
    const { at } = step.to;
    return [{ at, resolvesAt: explanations.find((change) => change.at >= at)?.at ?? null }];
  });
  return factBreaches(
    {
      ruleId: 'D02',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts,
      due: (startAt) => judging.workingHours(startAt, 1),
    },
    judging.until,
  );
}

function fastForward(judging: Judging, deal: Card): Breach[] {
  const { moves, minutes } = judging.parameters('D03');
  const windowMs = minutes * 60_000;
  const forward = movesOf(deal).filter((step) => isForward(judging, step));
  const facts = forward.filter(({ to }) => {
    const isAnothers = (mover: string | null) => to.mover !== null && mover !== null && mover !== to.mover;
    const near = forward.filter((one) => one.to.at <= to.at && one.to.at >= to.at - windowMs);
    return near.filter((one) => !isAnothers(one.to.mover)).length >= moves;
  });
  return factBreaches(
    {
      ruleId: 'D03',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts: facts.map(({ to }) => ({ at: to.at })),
      due: (startAt) => judging.workingDays(startAt, 1),
      joins: (lastAt, at) => at - lastAt <= windowMs,
    },
    judging.until,
  );
}

function stalled(judging: Judging, deal: Card): Breach[] {
  const { ledger, until } = judging;
  const { excluded, stage_limits, days } = judging.parameters('D04');
  return stateBreaches(
    {
      ruleId: 'D04',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      instants: ledger.instantsOf(deal),
      look(at) {
        const move = standing(deal, at);
        if (!move || !isOpen(deal, at) || excluded.includes(move.stageId)) return null;
        const anchor = Math.max(move.at, ledger.lastTouch(deal, at) ?? move.at);
        return { anchor, due: () => judging.workingDays(anchor, stage_limits[move.stageId] ?? days) };
      },
    },
    until,
  );
}

function withoutProof(judging: Judging, deal: Card): Breach[] {
  const { proofs } = judging.parameters('D05');
  const due = (startAt: number) => judging.workingHours(startAt, 1);
  const facts = deal.moves.flatMap(({ stageId, at }) => {
    const needed = proofs[stageId] ?? [];
    if (needed.length === 0) return [];
    const resolvesAt = firstOf(
      [at, ...proofInstants(judging, deal)],
      (instant) => instant >= at,
      (instant) => needed.every((proof) => hasProof(judging, deal, proof, instant)),
    );
    // Late proof is no proof.
    return [{ at, resolvesAt: resolvesAt !== null && resolvesAt <= due(at) ? resolvesAt : null }];
  });
  return factBreaches({ ruleId: 'D05', subject: keyOf(deal), goneAt: deal.goneAt, facts, due }, judging.until);
}

/** D07: all moves of a person, whichever deals they moved. */
function movedInBulk(judging: Judging): Breach[] {
  const { moves, minutes, last_days } = judging.parameters('D07');
  const windowMs = minutes * 60_000;
  return byMover(judging).flatMap(([mover, made]) => {
    const facts = made.filter(({ at }) => {
      if (last_days > 0 && judging.hours.daysLeftInMonth(at) >= last_days) return false;
      return made.filter((one) => one.at <= at && one.at >= at - windowMs).length >= moves;
    });
    return factBreaches(
      {
        ruleId: 'D07',
        subject: `employee:${mover}`,
        facts,
        due: (startAt) => judging.workingDays(startAt, 1),
        joins: (lastAt, at) => at - lastAt <= 3_600_000,
      },
      judging.until,
    );
  });
}

/** The moves of deals each person made, ascending. */
function byMover({ ledger }: Judging): [string, { at: number; item: string }[]][] {
  const made = new Map<string, { at: number; item: string }[]>();
  for (const deal of ledger.cardsOf('deal')) {
    for (const { to } of movesOf(deal)) {
      if (to.mover === null) continue;
      made.set(to.mover, [...(made.get(to.mover) ?? []), { at: to.at, item: keyOf(deal) }]);
    }
  }
  return [...made].map(([mover, moves]) => [mover, moves.sort((one, other) => one.at - other.at)]);
}

function lostWithoutGround(judging: Judging, deal: Card): Breach[] {
  const { ledger, until } = judging;
  const { attempts, days } = judging.parameters('D08');
  const facts = movesOf(deal).filter(({ from, to }) => {
    if (from.semantics === 'F' || to.semantics !== 'F') return false;
    const made = ledger.contactings(deal, to.at).filter(({ at, isIncoming }) => at < to.at && !isIncoming).length;
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

function madeAgain(judging: Judging): Breach[] {
  const { ledger, until } = judging;
  const { days } = judging.parameters('D09');
  return ledger.cardsOf('deal').flatMap((deal) => {
    const at = deal.createdAt;
    const client = clientOf(deal, at);
    if (client === null) return [];
    const wasLost = ledger.everLinkedTo(client, 'deal').some((other) => {
      // Creations come before the moves of their instant: what is lost then is not lost yet.
      const move = standing(other, at - 1);
      const isLost = move?.semantics === 'F' && isThere(other, at - 1) && move.at >= at - days * 86_400_000;
      return other !== deal && isLost && clientOf(other, at - 1) === client;
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

function reopened(judging: Judging, deal: Card): Breach[] {
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

function wonWithoutPayment(judging: Judging, deal: Card): Breach[] {
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

function wonWithOddAmount(judging: Judging, deal: Card): Breach[] {
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

function amountChangedAfterWon(judging: Judging, deal: Card): Breach[] {
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

function createdWon(judging: Judging, deal: Card): Breach[] {
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

function pipelineChanged(judging: Judging, deal: Card): Breach[] {
  const { allowed } = judging.parameters('D15');
  if (allowed.length === 0) return [];
  const facts = movesOf(deal).filter(
    (step) => !samePipeline(step) && !allowed.includes(`${step.from.pipelineId}>${step.to.pipelineId}`),
  );
  return factBreaches(
    {
      ruleId: 'D15',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      facts: facts.map(({ to }) => ({ at: to.at })),
      due: (startAt) => judging.workingDays(startAt, 1),
    },
    judging.until,
  );
}

function parked(judging: Judging, deal: Card): Breach[] {
  const { ledger, until } = judging;
  const { stages, days } = judging.parameters('D16');
  return stateBreaches(
    {
      ruleId: 'D16',
      subject: keyOf(deal),
      goneAt: deal.goneAt,
      instants: ledger.instantsOf(deal),
      look(at) {
        const isParked = isOpen(deal, at) && stages.includes(standing(deal, at)?.stageId ?? '');
        return isParked && !ledger.hasPlan(deal, at) ? { due: () => judging.workingDays(at, days) } : null;
      },
    },
    until,
  );
}

function movedAtNight(judging: Judging): Breach[] {
  const { moves } = judging.parameters('D17');
  const { hours } = judging;
  return byMover(judging).flatMap(([mover, made]) => {
    const outside = made.filter(({ at }) => !hours.isWorking(at));
    const facts = outside.filter(({ at }) => {
      const week = hours.endOfWeek(at);
      return outside.filter((one) => one.at <= at && hours.endOfWeek(one.at) === week).length >= moves;
    });
    return factBreaches(
      {
        ruleId: 'D17',
        subject: `employee:${mover}`,
        facts,
        due: (startAt) => judging.workingDays(startAt, 1),
        joins: (lastAt, at) => at < hours.endOfWeek(lastAt),
      },
      judging.until,
    );
  });
}

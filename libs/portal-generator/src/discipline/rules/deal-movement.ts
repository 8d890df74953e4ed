import type { Breach } from '../breach.js';
import { factBreaches, stateBreaches } from '../episodes.js';
import type { Card } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { changesOf, isOpen, keyOf, movesOf, standing } from '../ledger.js';
import {
  lostWithoutGround,
  madeAgain,
  reopened,
  wonWithoutPayment,
  wonWithOddAmount,
  amountChangedAfterWon,
  createdWon,
} from './deal-endings.js';
import { samePipeline, ranks, isForward, stageSkipped, withoutProof } from './deal-proofs.js';

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

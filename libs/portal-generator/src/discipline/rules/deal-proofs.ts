import type { Breach } from '../breach.js';
import { factBreaches } from '../episodes.js';
import type { Card, Move } from '../facts/facts.js';
import type { Judging } from '../judging.js';
import { firstOf, instantsOfRecord, isHeld, keyOf, firstOrLater, movesOf, valueOf } from '../ledger.js';
import { isFilled } from './completeness.js';

export interface Step {
  from: Move;
  to: Move;
}

export const samePipeline = ({ from, to }: Step) => from.pipelineId === to.pipelineId;

/** Places of both stages of a move, when it stays inside its pipeline and both have one. */
export function ranks({ ledger }: Judging, step: Step): { from: number; to: number } | null {
  if (!samePipeline(step)) return null;
  const from = ledger.rankOf(step.from.pipelineId, step.from.stageId, step.to.at);
  const to = ledger.rankOf(step.to.pipelineId, step.to.stageId, step.to.at);
  return from === null || to === null ? null : { from, to };
}

export function isForward(judging: Judging, step: Step): boolean {
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

export function stageSkipped(judging: Judging, deal: Card): Breach[] {
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

export function withoutProof(judging: Judging, deal: Card): Breach[] {
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

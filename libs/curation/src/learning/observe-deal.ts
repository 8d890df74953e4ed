import type { WorkingTime } from '@funnelwatch/calendar';
import type { KeptFact } from '../facts/kept-fact.js';
import { Pipelines } from '../world/pipelines.js';
import type { MoveState } from '../world/record-state.js';
import { tell } from '../world/tell.js';
import { World } from '../world/world.js';
import type { ObservedDeal } from './usual-limits.js';

const noPipelines = new Pipelines([]);

export interface Observation {
  workingTime: WorkingTime;
  /** What began earlier says nothing of today; milliseconds since the epoch. */
  fromMs: number;
  /** The rule clock: later facts are not told. */
  untilMs: number;
}

/**
 * What limits are learned of a deal from its own facts: stays of a won one as ended, of an open one the one that goes on,
 * none of a lost one or one that is gone; null when it says nothing.
 */
export function observeDeal(
  stream: string,
  facts: readonly KeptFact[],
  { workingTime, fromMs, untilMs }: Observation,
): ObservedDeal | null {
  const world = new World(noPipelines);
  for (const happening of tell(new Map([[stream, facts]]), untilMs)) world.apply(happening);
  const deal = world.records.get(stream);
  const last = deal?.stage;
  if (!deal || !last || deal.goneAt !== null || last.semantics === 'F') return null;
  const days = (move: MoveState, until: number) => workingTime.daysBetween(new Date(move.at), new Date(until));
  const isRecent = (move: MoveState) => move.semantics === 'P' && move.at >= fromMs;
  if (last.semantics === 'P') {
    if (!isRecent(last)) return null;
    return { stays: [{ stage: last.stageId, days: days(last, untilMs), isOver: false }], won: null };
  }
  const stays = deal.moves.flatMap((move, index) => {
    const next = deal.moves[index + 1];
    return next && isRecent(move) ? [{ stage: move.stageId, days: days(move, next.at), isOver: true }] : [];
  });
  const amount = Number(deal.text('amountKopecks') || 0);
  const won = { pipeline: last.pipelineId, currency: deal.text('currency'), amount };
  return { stays, won: last.at >= fromMs ? won : null };
}

import type { Truth } from '@funnelwatch/portal-generator';
import { FigureMap } from './figure-map.js';

type Written<Value> = Value extends bigint
  ? string
  : Value extends object
    ? { [Key in keyof Value]: Written<Value[Key]> }
    : Value;
/** The truth as the simulator writes it: kopecks are decimal strings. */
export type WrittenTruth = Written<Truth>;

/** All figures of the truth file as a map that can be compared with what the API shows. */
export function plantedFigures(truth: WrittenTruth): FigureMap {
  const map = new FigureMap();
  for (const [pipelineId, pipeline] of Object.entries(truth.pipelines)) {
    const ranked = pipeline.stages.filter((stage) => stage.rank !== null);
    map.set(`${pipelineId} | order`, ranked.map((stage) => stage.id).join(' > '));
    for (const [sellerId, seller] of Object.entries(pipeline.sellers)) {
      const place = `${pipelineId} | ${sellerId}`;
      for (const [stageId, standing] of Object.entries(seller.now)) {
        map.set(`${place} | now ${stageId} count`, standing.count);
        map.set(`${place} | now ${stageId} amount`, standing.amountKopecks);
        for (const [currency, amount] of Object.entries(standing.otherKopecks)) {
          map.set(`${place} | now ${stageId} ${currency}`, amount);
        }
      }
      for (const [month, flow] of Object.entries(seller.flow)) {
        const at = `${place} | flow ${month}`;
        for (const [stageId, count] of Object.entries(flow.entries)) map.set(`${at} entries ${stageId}`, count);
        for (const [stageId, count] of Object.entries(flow.visits)) map.set(`${at} visits ${stageId}`, count);
        for (const figure of ['created', 'won', 'lost', 'rollbacks', 'reopened', 'left'] as const) {
          map.set(`${at} ${figure}`, flow[figure]);
        }
        map.set(`${at} won amount`, flow.wonAmountKopecks);
        map.set(`${at} lost amount`, flow.lostAmountKopecks);
        for (const [currency, amount] of Object.entries(flow.wonOtherKopecks)) map.set(`${at} won ${currency}`, amount);
        for (const [currency, amount] of Object.entries(flow.lostOtherKopecks))
          map.set(`${at} lost ${currency}`, amount);
        if (sellerId !== 'all') continue;
        for (const [step, [numerator, denominator]] of Object.entries(flow.periodRatios)) {
          map.set(`${at} ratio ${step}`, ratio(numerator, denominator));
        }
      }
      for (const [month, definitions] of Object.entries(seller.cohorts)) {
        for (const [definition, horizons] of Object.entries(definitions)) {
          for (const [horizon, steps] of Object.entries(horizons)) {
            for (const [step, cell] of Object.entries(steps)) {
              const at = `${place} | ${definition} ${month} H${horizon} ${step}`;
              map.set(`${at} n`, cell.population);
              map.set(`${at} converted`, cell.converted);
              map.set(`${at} immature`, cell.immature);
              map.set(`${at} censored`, cell.censored);
            }
          }
        }
      }
      for (const [month, horizons] of Object.entries(seller.chain)) {
        for (const [horizon, chain] of Object.entries(horizons)) {
          const at = `${place} | chain ${month} H${horizon}`;
          map.set(`${at} n`, chain.population);
          map.set(`${at} immature`, chain.immature);
          map.set(`${at} censored`, chain.censored);
          for (const [stageId, count] of Object.entries(chain.reached)) map.set(`${at} reached ${stageId}`, count);
        }
      }
      for (const [month, rows] of Object.entries(seller.transitions)) {
        for (const [from, destinations] of Object.entries(rows)) {
          for (const [to, count] of Object.entries(destinations)) {
            map.set(`${place} | transitions ${month} ${from}>${to}`, count);
          }
        }
      }
    }
  }
  return map;
}

/** Nothing over nothing is left out, as zeros are. */
export const ratio = (numerator: number, denominator: number): string | number =>
  numerator === 0 && denominator === 0 ? 0 : `${numerator}/${denominator}`;

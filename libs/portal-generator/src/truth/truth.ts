import type { Semantics } from '../parameters/company-parameters.js';

/**
 * The figures of the funnel by docs/funnel-definitions.md, computed from the script alone. Money is kopecks. Keys are
 * ids: pipelines `deal:0`, sellers a user id, `unknown` or `all`, months `YYYY-MM` of the portal's zone, steps
 * `NEW>PREPARATION`, horizons a number of days or `none`.
 */
export interface Truth {
  asOf: string;
  zone: string;
  baseCurrency: string;
  horizonsDays: (number | null)[];
  /** Without gaps, from the first move of any object that counts to the month of `asOf`. */
  months: string[];
  pipelines: Record<string, PipelineTruth>;
}

export interface PipelineTruth {
  /** Ranked stages in their order, then the lost ones. */
  stages: StageTruth[];
  /** Consecutive steps and the whole way, as keys. */
  steps: string[];
  /** Deleted objects and merge losers, whenever they vanished, in the pipeline they last stood in. */
  deletedCount: number;
  mergedCount: number;
  sellers: Record<string, SellerTruth>;
}

export interface StageTruth {
  id: string;
  name: string;
  semantics: Semantics;
  sort: number;
  /** Null for lost stages. */
  rank: number | null;
  removed: boolean;
}

export interface SellerTruth {
  now: Record<string, StandingTruth>;
  flow: Record<string, FlowTruth>;
  /** month → definition → horizon → step. */
  cohorts: Record<string, Record<CohortDefinition, Record<string, Record<string, CohortCell>>>>;
  /** month → stage left → stage entered, or `left` for another pipeline. */
  transitions: Record<string, Record<string, Record<string, number>>>;
  /** month → horizon. */
  chain: Record<string, Record<string, ChainTruth>>;
}

export type CohortDefinition = 'reached' | 'strict' | 'touched';
export const COHORT_DEFINITIONS: readonly CohortDefinition[] = ['reached', 'strict', 'touched'];

export interface StandingTruth {
  count: number;
  amountKopecks: bigint;
  otherKopecks: Record<string, bigint>;
}

export interface FlowTruth {
  entries: Record<string, number>;
  visits: Record<string, number>;
  created: number;
  won: number;
  wonAmountKopecks: bigint;
  wonOtherKopecks: Record<string, bigint>;
  lost: number;
  lostAmountKopecks: bigint;
  lostOtherKopecks: Record<string, bigint>;
  rollbacks: number;
  reopened: number;
  left: number;
  /** Step → [entries into the later stage, entries into the earlier one]; consecutive steps only. */
  periodRatios: Record<string, [number, number]>;
}

export interface CohortCell {
  /** Objects that count: with a horizon the matured ones only. */
  population: number;
  converted: number;
  immature: number;
  /** Of the immature: left the pipeline. */
  censored: number;
}

export interface ChainTruth {
  population: number;
  immature: number;
  censored: number;
  /** Ranked stage → objects of the population that reached it. */
  reached: Record<string, number>;
}

import { schemaName } from './schema/schema-name.js';

/** Whose figures: one portal, its bucket of the log and what the registry knows of it. */
export interface FunnelScope {
  portalId: string;
  bucket: number;
  /** IANA zone of the portal: days and months are cut in it. */
  zone: string;
  /** Base currency; objects without a currency count as being in it. Null when the portal has not told: `RUB`. */
  currency: string | null;
  /** What was known at an earlier position; what is known now, unless told. */
  asAt?: AsAt;
}

/** Read models that hold what was known at an earlier position. */
export interface AsAt {
  /** Schema of the views that answer. */
  views: string;
  /** When the last event behind them was recorded: the present of the answers. */
  knownAt: Date;
}

/** Schema of the views that answer a scope, safe to stand in a statement. */
export function viewsOf({ asAt }: Pick<FunnelScope, 'asAt'>): string {
  return schemaName(asAt?.views ?? 'read');
}

/**
 * Lets a short statement be planned once a connection, where it asks what is known now: views of the past come and go.
 * Planning it behind row-level security takes longer than answering it.
 */
export const plannedOnce = ({ asAt }: Pick<FunnelScope, 'asAt'>, name: string): { name?: string } =>
  asAt === undefined ? { name: `funnel.${name}` } : {};

/** How much of the log an answer has seen. */
export interface AsOf {
  /** The moment asked about (T of docs/funnel-definitions.md), ISO 8601 UTC. */
  at: string;
  /** `bucket:position` of the last event behind the answer. */
  position: string;
  /** The moment when a past one was asked about, null for the present. */
  asked: string | null;
  /** Whether what was known at the position is meant, instead of all that is known now. */
  isAsAt: boolean;
}

/** Half-open `[from, to)`. */
export interface Period {
  from: Date;
  to: Date;
}

/** Seller of objects for which the portal names nobody. */
export const unknownSeller = 'unknown';

export type CohortDefinition = 'reached' | 'strict' | 'touched';
export const cohortDefinitions: readonly CohortDefinition[] = ['reached', 'strict', 'touched'];

/** Money by currency: the base currency, and each other one apart; they are never added up. */
export interface Amounts {
  currency: string;
  kopecks: bigint;
  others: { currency: string; count: number; kopecks: bigint }[];
}

import { Rejection } from '@funnelwatch/kernel';
import { readOnly } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { PipelineView } from '../answers.js';
import { type AsOf, type FunnelScope, type Period, plannedOnce, viewsOf } from '../scope.js';
import { pipelineOf, readPipelines } from './pipeline-views.js';

/** A question about one pipeline, ready to be counted. */
export interface OpenQuestion {
  client: PoolClient;
  scope: FunnelScope;
  pipeline: PipelineView;
  currency: string;
  sellerId: string | undefined;
  /** T: the moment asked about. */
  at: Date;
  /** False when everything known is to count, whatever its time. */
  isPast: boolean;
  asOf: AsOf;
}

const defaultCurrency = 'RUB';
const sellerForm = /^[\w-]{1,40}$/;

/** How much the read models know of a portal, and the moment an answer is about. */
export async function readAsOf(
  client: PoolClient,
  scope: FunnelScope,
  now: Date,
  asOf: Date | undefined,
): Promise<{ at: Date; asOf: AsOf }> {
  const { rows } = await client.query<{ last_position: number; last_move_at: Date | null }>({
    ...plannedOnce(scope, 'progress'),
    text: `SELECT last_position, last_move_at FROM ${viewsOf(scope)}.funnel_progress WHERE bucket = $1 AND portal_id = $2`,
    values: [scope.bucket, scope.portalId],
  });
  const lastMoveMs = rows[0]?.last_move_at?.getTime() ?? 0;
  const at = asOf ?? new Date(Math.max(now.getTime(), lastMoveMs));
  return {
    at,
    asOf: {
      at: at.toISOString(),
      position: `${scope.bucket}:${rows[0]?.last_position ?? 0}`,
      asked: asOf?.toISOString() ?? null,
      isAsAt: scope.asAt !== undefined,
    },
  };
}

/** One unchanging snapshot with planner settings that suit counting. */
export async function inSnapshot<Answer>(pool: Pool, work: (client: PoolClient) => Promise<Answer>): Promise<Answer> {
  return readOnly(pool, async (client) => {
    // Compiling a statement takes longer than running it here; hashes of 10^5 objects must not spill, and groups are
    // few however many the planner expects: sorting for them would cost more than all the rest.
    await client.query("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; SET LOCAL hash_mem_multiplier = 16");
    return work(client);
  });
}

/** Checks the question and reads what every answer needs. Throws `Rejection`. */
export async function openQuestion(
  client: PoolClient,
  scope: FunnelScope,
  now: Date,
  question: { pipelineId: string; sellerId?: string; asOf?: Date },
): Promise<OpenQuestion> {
  if (question.asOf) assertSensible(question.asOf, 'FUNNEL_AS_OF_INVALID', 'The moment asked about');
  if (question.sellerId !== undefined && !sellerForm.test(question.sellerId)) {
    throw new Rejection('FUNNEL_SELLER_INVALID', 'A seller is named by the id of a user, or by "unknown".');
  }
  const { at, asOf } = await readAsOf(client, scope, now, question.asOf);
  const pipeline = pipelineOf(await readPipelines(client, scope, at), question.pipelineId);
  return {
    client,
    scope,
    pipeline,
    currency: scope.currency ?? defaultCurrency,
    sellerId: question.sellerId,
    at,
    isPast: question.asOf !== undefined,
    asOf,
  };
}

/** Throws `Rejection` FUNNEL_PERIOD_INVALID. */
export function assertPeriod({ from, to }: Period): void {
  assertSensible(from, 'FUNNEL_PERIOD_INVALID', 'The beginning of the period');
  assertSensible(to, 'FUNNEL_PERIOD_INVALID', 'The end of the period');
  if (to <= from) throw new Rejection('FUNNEL_PERIOD_INVALID', 'The end of the period must lie after its beginning.');
}

function assertSensible(time: Date, code: string, what: string): void {
  const year = time.getUTCFullYear();
  if (!(year >= 1989 && year <= 2101)) throw new Rejection(code, `${what} must lie between 1990 and 2100.`);
}

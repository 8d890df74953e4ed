import type { PoolClient } from 'pg';
import type { Annotation } from '../answers.js';
import { pipelineOf, readPipelines } from '../read/pipeline-views.js';
import { assertPeriod } from '../read/question.js';
import { Parameters } from '../read/parameters.js';
import { type FunnelScope, type Period, viewsOf } from '../scope.js';

const mostAnnotations = 500;

/** Changes of pipelines, stages and meanings, newest first. Throws `Rejection`. */
export async function readAnnotations(
  client: PoolClient,
  scope: FunnelScope,
  now: Date,
  question: { pipelineId?: string; period?: Period; limit?: number } = {},
): Promise<Annotation[]> {
  const parameters = new Parameters();
  const conditions = [
    `bucket = ${parameters.add(scope.bucket, 'int')}`,
    `portal_id = ${parameters.add(scope.portalId, 'uuid')}`,
  ];
  if (question.pipelineId !== undefined) {
    const pipeline = pipelineOf(await readPipelines(client, scope, now), question.pipelineId);
    conditions.push(`pipeline_id = ${parameters.add(pipeline.pipelineId, 'text')}`);
  }
  if (question.period) {
    assertPeriod(question.period);
    conditions.push(`occurred_at >= ${parameters.add(question.period.from, 'timestamptz')}`);
    conditions.push(`occurred_at < ${parameters.add(question.period.to, 'timestamptz')}`);
  }
  const limit = Math.min(Math.max(Math.trunc(question.limit ?? mostAnnotations), 1), mostAnnotations);
  const { rows } = await client.query<Omit<Annotation, 'position' | 'at'> & { position: number; at: Date }>(
    `SELECT position, occurred_at AS at, pipeline_id AS "pipelineId", stage_id AS "stageId", change, before, after
       FROM ${viewsOf(scope)}.configuration_change WHERE ${conditions.join(' AND ')}
      ORDER BY occurred_at DESC, position DESC, ordinal DESC LIMIT ${parameters.add(limit, 'int')}`,
    parameters.values,
  );
  return rows.map((row) => ({ ...row, position: `${scope.bucket}:${row.position}`, at: row.at.toISOString() }));
}

import type { ReadModel } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { type Indicator, indicatorStream } from '../domain/indicators.js';
import { evolvePlan, noPlan, type PlanEvent, type PlanState, planStream } from '../domain/plan.js';
import { planIndexes, planTables, planViews } from './plan-tables.js';

/** Version of the tables and of the rules that fill them. */
const planVersion = 'plan_v1';

const soundName = /^[a-z_][a-z_0-9]{0,62}$/;

function schemaName(name: string): string {
  if (!soundName.test(name)) throw new Error('A schema is named by lower-case letters, digits and _.');
  return name;
}

/** Plans with all their versions, and what is counted as an action. */
export function planReadModel(): ReadModel {
  return {
    name: 'plan',
    definitionVersion: planVersion,
    async createTables(client, schema) {
      const name = schemaName(schema);
      for (const statement of [...planTables(name), ...planIndexes(name)]) await client.query(statement);
    },
    async createViews(client, views, tables) {
      for (const statement of planViews(schemaName(views), schemaName(tables))) await client.query(statement);
    },
    async apply(client, { schema, bucket, events }) {
      const place = { schema: schemaName(schema), bucket };
      const live = events.filter((event) => (event.data as unknown) !== null);
      const plans = Map.groupBy(
        live.filter(({ type }) => type.startsWith('Plan')),
        ({ portalId, streamId }) => `${portalId} ${streamId}`,
      );
      for (const [, told] of [...plans].sort(([left], [right]) => (left < right ? -1 : 1)))
        await foldPlan(client, place, told);
      await foldIndicators(client, place, live);
    },
  };
}

interface Place {
  schema: string;
  bucket: number;
}

async function foldPlan(client: PoolClient, { schema, bucket }: Place, told: readonly StoredEvent[]): Promise<void> {
  const [first] = told;
  const planId = first?.streamId.slice(planStream('').length);
  if (!first || !planId || !first.streamId.startsWith(planStream(''))) return;
  const { rows } = await client.query<{ state: PlanState; last_position: number }>(
    `SELECT state, last_position FROM ${schema}.plan WHERE bucket = $1 AND portal_id = $2 AND plan_id = $3`,
    [bucket, first.portalId, planId],
  );
  let state = rows[0]?.state ?? noPlan;
  let position = rows[0]?.last_position ?? 0;
  for (const event of told) {
    if (event.position <= position) continue;
    state = evolvePlan(state, { type: event.type, data: event.data } as unknown as PlanEvent);
    position = event.position;
  }
  if (state.status === 'absent') return;
  const { month, pipelineId, teamId } = state.subject;
  await client.query(
    `INSERT INTO ${schema}.plan (bucket, portal_id, plan_id, month, pipeline_id, team_id, status, state, last_position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (bucket, portal_id, plan_id) DO UPDATE
        SET status = excluded.status, state = excluded.state, last_position = excluded.last_position`,
    [bucket, first.portalId, planId, month, pipelineId, teamId, state.status, JSON.stringify(state), position],
  );
}

async function foldIndicators(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
): Promise<void> {
  for (const { type, streamId, portalId, position, data } of events) {
    if (type !== 'IndicatorDefined' || streamId !== indicatorStream) continue;
    const { by: _, ...definition } = data as unknown as Indicator & { by: string };
    await client.query(
      `INSERT INTO ${schema}.indicator AS known (bucket, portal_id, indicator_id, definition, last_position)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (bucket, portal_id, indicator_id) DO UPDATE
          SET definition = excluded.definition, last_position = excluded.last_position
        WHERE known.last_position < excluded.last_position`,
      [bucket, portalId, definition.indicatorId, JSON.stringify(definition), position],
    );
  }
}

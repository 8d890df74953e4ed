import type { ReadModel } from '@funnelwatch/event-log';
import type { JsonObject, StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { DisciplineEvent } from '../cases/discipline-events.js';
import { disciplineEvents } from '../cases/discipline-events.js';
import { type DisciplineSettings, evolveDiscipline, noDiscipline } from '../cases/discipline-state.js';
import { foldQuality } from '../quality/fold-quality.js';
import { foldCases } from '../queue/fold-cases.js';
import { foldCleanWeeks } from '../clean-weeks/fold-clean-weeks.js';
import { foldCoaching } from '../coaching/fold-coaching.js';
import {
  casesByDecision,
  casesByStart,
  curationIndexes,
  curationTables,
  curationViews,
  laterIndexes,
  laterTables,
} from '../schema/curation-tables.js';
import { foldFacts, type Place } from './fold-facts.js';

/** Version of the tables and of the rules that fill them. */
const curationVersion = 'curation_v1';

const soundName = /^[a-z_][a-z_0-9]{0,62}$/;

function schemaName(name: string): string {
  if (!soundName.test(name)) throw new Error('A schema is named by lower-case letters, digits and _.');
  return name;
}

/** Facts that rules ask about, decisions about rules, and the queue of cases. */
export function curationReadModel(): ReadModel {
  return {
    name: 'curation',
    definitionVersion: curationVersion,
    async createTables(client, schema) {
      const name = schemaName(schema);
      const statements = [
        ...[...curationTables(name), ...laterTables(name)],
        ...[...curationIndexes(name), ...laterIndexes(name), ...casesByStart(name), ...casesByDecision(name)],
      ];
      for (const statement of statements) await client.query(statement);
    },
    async createViews(client, views, tables) {
      for (const statement of curationViews(schemaName(views), schemaName(tables))) await client.query(statement);
    },
    async apply(client, { schema, bucket, events }) {
      const place = { schema: schemaName(schema), bucket };
      const live = events.filter((event) => (event.data as unknown) !== null);
      await foldFacts(client, place, live);
      await foldDecisions(client, place, live);
      await foldClocks(client, place, live);
      await foldCases(client, place, live);
      await foldQuality(client, place, live);
      await foldCoaching(client, place, live);
      await foldCleanWeeks(client, place, live);
    },
  };
}

/** The last watermark of each portal. */
async function foldClocks(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
): Promise<void> {
  const last = new Map<string, StoredEvent>();
  for (const event of events) if (event.type === 'CaptureAdvanced') last.set(event.portalId, event);
  for (const [portalId, { data, position }] of [...last].sort(([left], [right]) => (left < right ? -1 : 1))) {
    await client.query({
      name: `${schema}-save-clock`,
      text: `INSERT INTO ${schema}.rule_clock AS known (bucket, portal_id, through, position) VALUES ($1, $2, $3, $4)
             ON CONFLICT (bucket, portal_id) DO UPDATE SET through = excluded.through, position = excluded.position
              WHERE known.position < excluded.position`,
      values: [bucket, portalId, JSON.stringify(data['through']), position],
    });
  }
}

const decisionTypes = new Set(disciplineEvents.map(({ type }) => type));

async function foldDecisions(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
): Promise<void> {
  const decisions = events.filter(({ type }) => decisionTypes.has(type));
  for (const portalId of [...new Set(decisions.map((event) => event.portalId))].sort()) {
    const { rows } = await client.query<{ settings: DisciplineSettings; last_position: number }>(
      `SELECT settings, last_position FROM ${schema}.discipline WHERE bucket = $1 AND portal_id = $2`,
      [bucket, portalId],
    );
    let settings = rows[0]?.settings ?? noDiscipline;
    let position = rows[0]?.last_position ?? 0;
    for (const event of decisions) {
      if (event.portalId !== portalId || event.position <= position) continue;
      settings = evolveDiscipline(settings, { type: event.type, data: event.data } as unknown as DisciplineEvent);
      position = event.position;
    }
    await client.query(
      `INSERT INTO ${schema}.discipline (bucket, portal_id, settings, last_position) VALUES ($1, $2, $3, $4)
       ON CONFLICT (bucket, portal_id) DO UPDATE SET settings = excluded.settings, last_position = excluded.last_position`,
      [bucket, portalId, JSON.stringify(settings as unknown as JsonObject), position],
    );
  }
}

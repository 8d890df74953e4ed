import type { ReadModel } from '@funnelwatch/event-log';
import { int4Array, int8Array, textArray, uuidArray } from '@funnelwatch/postgres';
import type { JsonObject } from '@funnelwatch/kernel';

/** What both sides keep of a deal: how often it changed, its last amount and its last owner. */
export interface DealSummary {
  changes: number;
  amount: number;
  owner: string;
}

/** The deal after one more change. The same function folds on both sides. */
export function afterChange(summary: DealSummary | null, data: JsonObject): DealSummary {
  const changes = data['changes'] as Record<string, { after: string }>;
  return {
    changes: (summary?.changes ?? 0) + 1,
    amount: Number(changes['amount']?.after ?? 0),
    owner: changes['assignedById']?.after ?? '',
  };
}

export const dealSummaryTable = (schema: string): string => `
  CREATE TABLE ${schema}.deal_summary (
    bucket int NOT NULL, portal_id uuid NOT NULL, deal text NOT NULL,
    changes int NOT NULL, amount bigint NOT NULL, owner text NOT NULL,
    PRIMARY KEY (bucket, portal_id, deal)
  )`;

/** The product's read model: a batch is folded in memory and written by one statement. */
export const dealSummary: ReadModel = {
  name: 'deal_summary',
  definitionVersion: 'deal_summary_v1',
  async createTables(client, schema) {
    await client.query(dealSummaryTable(schema));
  },
  async createViews(client, views, tables) {
    await client.query(`CREATE VIEW ${views}.deal_summary AS SELECT * FROM ${tables}.deal_summary`);
  },
  async apply(client, { schema, bucket, events }) {
    const deals = new Map<string, DealSummary & { portalId: string; deal: string }>();
    for (const { portalId, streamId, data } of events) {
      const key = `${portalId}/${streamId}`;
      deals.set(key, { portalId, deal: streamId, ...afterChange(deals.get(key) ?? null, data) });
    }
    const rows = [...deals.values()];
    await client.query({
      name: `deal_summary.${schema}`,
      text: `INSERT INTO ${schema}.deal_summary AS known (bucket, portal_id, deal, changes, amount, owner)
             SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::int[], $5::bigint[], $6::text[])
             ON CONFLICT (bucket, portal_id, deal) DO UPDATE
                SET changes = known.changes + excluded.changes, amount = excluded.amount, owner = excluded.owner`,
      values: [
        bucket,
        uuidArray(rows.map((row) => row.portalId)),
        textArray(rows.map((row) => row.deal)),
        int4Array(rows.map((row) => row.changes)),
        int8Array(rows.map((row) => row.amount)),
        textArray(rows.map((row) => row.owner)),
      ],
    });
  },
};

import type { ReadModel } from '@funnelwatch/event-log';
import { foldSchemes } from '../../schemes-read-model/fold-schemes.js';
import { foldPay } from '../../pay/read-model/fold-pay.js';
import { foldPoints } from './fold-points.js';
import { pointsIndexes, pointsTables, pointsViews } from './points-tables.js';

/** Version of the tables and of the rules that fill them. */
const pointsVersion = 'motivation_v1';

const soundName = /^[a-z_][a-z_0-9]{0,62}$/;

function schemaName(name: string): string {
  if (!soundName.test(name)) throw new Error('A schema is named by lower-case letters, digits and _.');
  return name;
}

/** The points ledger (what was done and sold, by whom, and what of it was undone), the schemes it is paid by, and pay. */
export function motivationReadModel(): ReadModel {
  return {
    name: 'motivation',
    definitionVersion: pointsVersion,
    async createTables(client, schema) {
      const name = schemaName(schema);
      for (const statement of [...pointsTables(name), ...pointsIndexes(name)]) await client.query(statement);
    },
    async createViews(client, views, tables) {
      for (const statement of pointsViews(schemaName(views), schemaName(tables))) await client.query(statement);
    },
    async apply(client, { schema, bucket, events }) {
      const place = { schema: schemaName(schema), bucket };
      await foldPoints(client, place, events);
      await foldSchemes(client, place, events);
      await foldPay(client, place, events);
    },
  };
}

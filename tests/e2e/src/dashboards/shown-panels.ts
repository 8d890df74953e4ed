import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type DefinedDashboard,
  expandMacros,
  interpolate,
  queriesOfDashboard,
  type Selections,
} from '@funnelwatch/dashboards';
import pg from 'pg';

/** What Grafana would show: asks the product's database what the panels ask, as a login that only reads. */
export class ShownPanels {
  private constructor(
    private readonly client: pg.Client,
    private readonly dashboards: readonly DefinedDashboard[],
  ) {}

  /** Opens the database of a data folder as the group of logins that only read; it is told all portals. */
  static async open(dataFolder: string, dashboards: readonly DefinedDashboard[]): Promise<ShownPanels> {
    const { databaseUrl } = JSON.parse(await readFile(join(dataFolder, 'connection.json'), 'utf8')) as {
      databaseUrl: string;
    };
    const client = new pg.Client({ connectionString: databaseUrl });
    client.on('error', () => undefined);
    await client.connect();
    await client.query('SET ROLE funnelwatch_migrate');
    await client.query(
      `INSERT INTO registry.reader_role (role_name) VALUES ('funnelwatch_read') ON CONFLICT DO NOTHING`,
    );
    await client.query('SET ROLE funnelwatch_read; SET default_transaction_read_only = on');
    return new ShownPanels(client, dashboards);
  }

  /** Rows of a panel, numbers as numbers. Throws for a panel that is not there. */
  async rows(
    uid: string,
    title: string,
    selections: Selections,
    range: { from: Date; to: Date } = { from: new Date(0), to: new Date() },
  ): Promise<Record<string, unknown>[]> {
    const dashboard = this.dashboards.find((known) => known.uid === uid);
    const query =
      dashboard && queriesOfDashboard(dashboard.json).find(({ where }) => where.startsWith(`${uid} / ${title} /`));
    if (!query) throw new Error(`There is no panel ${title} of ${uid}`);
    const { rows } = await this.client.query<Record<string, unknown>>(
      expandMacros(interpolate(query.text, selections), { ...range, intervalMs: 60_000 }),
    );
    return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, numberOf(value)])));
  }

  /** The one figure of a panel. */
  async figure(...question: Parameters<ShownPanels['rows']>): Promise<unknown> {
    const [row] = await this.rows(...question);
    return row && Object.values(row)[0];
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

/** Integers of 64 bits come as text. */
const numberOf = (value: unknown): unknown =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;

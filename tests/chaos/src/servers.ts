import { type RunningBroker, startBroker } from '@funnelwatch/testing/broker';
import { type RunningPostgresServer, startPostgresServer } from '@funnelwatch/testing/postgres-server';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pause } from './writers.js';

const BROKER_SETTINGS = { 'group.min.session.timeout.ms': '500' };

/** PostgreSQL and the broker of a run, which come back on their ports with what they held. */
export class Servers {
  private constructor(
    private readonly folder: string,
    private database: RunningPostgresServer,
    private broker: RunningBroker,
  ) {}

  static async start(folder: string): Promise<Servers> {
    const [database, broker] = await Promise.all([
      startPostgresServer({ folder: join(folder, 'postgres') }),
      startBroker({ folder: join(folder, 'broker'), settings: BROKER_SETTINGS }),
    ]);
    return new Servers(folder, database, broker);
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  get brokers(): string[] {
    return this.broker.brokers;
  }

  /** kill -9, and up again; `limits` holds for this life of the server. */
  async restartDatabase(limits?: string): Promise<void> {
    await this.database.kill();
    await this.startDatabase(limits);
  }

  async startDatabase(limits?: string): Promise<void> {
    const { port } = this.database;
    this.database = await startPostgresServer({ folder: join(this.folder, 'postgres'), port, limits });
  }

  async killBroker(): Promise<void> {
    await this.broker.kill();
  }

  /** `limits` holds for this life of the broker. */
  async startBroker(limits?: string): Promise<void> {
    const { port } = this.broker;
    this.broker = await startBroker({ folder: join(this.folder, 'broker'), port, settings: BROKER_SETTINGS, limits });
  }

  /** Whether the broker gave up by itself within a time. */
  async brokerGaveUp(withinMs: number): Promise<boolean> {
    return Promise.race([this.broker.ended.then(() => true), pause(withinMs).then(() => false)]);
  }

  /** Bytes of the largest segment of a partition. */
  async largestSegment(): Promise<number> {
    const data = join(this.folder, 'broker', 'data');
    let largest = 0;
    for (const file of await readdir(data, { recursive: true })) {
      if (file.endsWith('.log')) largest = Math.max(largest, (await stat(join(data, file))).size);
    }
    return largest;
  }

  async stop(): Promise<void> {
    await Promise.all([this.broker.kill(), this.database.kill()]);
  }
}

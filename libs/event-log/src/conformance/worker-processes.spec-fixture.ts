import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { AwaitPoint } from '../project/await-points.js';

const program = fileURLToPath(new URL('../../spec/worker-process.mjs', import.meta.url));

export interface WorkerSettings {
  databaseUrl: string;
  name: string;
  holder: string;
  bucketCount: number;
  leaseMs: number;
  renewEveryMs: number;
  batchSize: number;
  killAt?: { point: AwaitPoint; phase: 'before' | 'after' };
  /** Stops itself (SIGSTOP) before the point the first time it gets there, after having sent a message. */
  pauseAt?: AwaitPoint;
  /** Fed by Kafka instead of the log. */
  kafka?: { brokers: string[]; topic: string; sessionMs?: number };
  /** A transaction left idle that long loses its connection; 60 s unless told. */
  idleInTransactionTimeoutMs?: number;
}

/** Tables into which a worker process writes: every event once in `effect`, their number in `total`. */
export const EFFECT_TABLES = `
  CREATE TABLE effect (
    event_id uuid PRIMARY KEY, times int NOT NULL, portal_id uuid NOT NULL, stream_id text NOT NULL,
    version bigint NOT NULL, ordinal bigint GENERATED ALWAYS AS IDENTITY
  );
  CREATE TABLE total AS SELECT bucket, 0 AS events FROM generate_series(0, 15) AS bucket;
  CREATE TABLE remedy AS SELECT false AS "isHealed";
`;

/** One line that must show the number of events everywhere and nothing out of order. */
export const COUNT_EFFECTS = `
  SELECT count(*) AS effects, coalesce(sum(times), 0) AS times, (SELECT sum(events) FROM total) AS counted,
         count(*) FILTER (WHERE version < previous) AS disordered
    FROM (SELECT *, lag(version) OVER (PARTITION BY portal_id, stream_id ORDER BY ordinal) AS previous
            FROM effect) AS effect`;

/** Worker processes of a spec; the spec ends those that are left. */
export class WorkerProcesses {
  private readonly children = new Set<ChildProcess>();

  start(settings: WorkerSettings): { child: ChildProcess; ended: Promise<NodeJS.Signals | number | null> } {
    const child = fork(program, [], {
      // The built library, whatever conditions and loaders the spec runs under.
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '', WORKER_SETTINGS: JSON.stringify(settings) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.children.add(child);
    const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
      child.on('exit', (code, signal) => {
        this.children.delete(child);
        resolve(signal ?? code);
      });
    });
    return { child, ended };
  }

  async endAll(): Promise<void> {
    const left = [...this.children];
    const ended = left.map((child) => new Promise((resolve) => child.on('exit', resolve)));
    for (const child of left) child.kill('SIGKILL');
    await Promise.all(ended);
  }
}

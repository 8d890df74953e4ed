import { type ChildProcess, fork } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

export interface ProductOptions {
  /** Arguments of the simulated portal. */
  simulator: string[];
  environment?: Record<string, string>;
}

interface StartReport {
  address: string;
  portalId: string;
  simulatorControlUrl: string;
  pids: Record<string, number>;
}

interface PortalAnswer {
  phase: string;
  backfill: { done: number; listings: { listing: string; done: number; startedAt: string | null }[] };
  freshness: { eventsBehind: number };
}

export interface BackfillOutcome {
  seconds: number;
  records: number;
  listings: Record<string, number>;
  events: number;
  /** Highest resident memory by process, MiB. */
  memory: Record<string, number>;
}

/** Of the ready integrator of the simulated portal. */
async function demoCookie(address: string): Promise<string> {
  const answer = await fetch(`${address}api/v1/session/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'integrator' }),
  });
  if (answer.status !== 201) throw new Error(`Signing in was answered with ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

/** `npm start` in a folder of its own, as a person would run it. */
export class RunningProduct {
  private cookie: string | null = null;

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly report: StartReport,
  ) {}

  static async start(options: ProductOptions): Promise<RunningProduct> {
    const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-bench-'));
    // PostgreSQL runs as another user when started by root, and must be able to enter.
    await chmod(folder, 0o755);
    const entry = fileURLToPath(new URL('../../../apps/all-in-one/dist/main.js', import.meta.url));
    const simulator = options.simulator.flatMap((argument) => [`--simulator=${argument}`]);
    const child = fork(entry, ['--data', join(folder, 'data'), '--port', '0', ...simulator], {
      env: { ...process.env, NODE_OPTIONS: '', ...options.environment },
      execArgv: ['--max-semi-space-size=8'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const report = await new Promise<StartReport>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
      child.on('message', (message: { type?: string }) => {
        if (message.type === 'ready') resolve(message as unknown as StartReport);
      });
    });
    return new RunningProduct(child, folder, report);
  }

  /** Waits until the history is read and counted in the read models. */
  async waitForBackfill(): Promise<BackfillOutcome> {
    for (;;) {
      await sleep(200);
      const portal = await this.portal();
      if (portal.phase !== 'live' || portal.freshness.eventsBehind > 0) continue;
      const begun = portal.backfill.listings.flatMap(({ startedAt }) => (startedAt ? [Date.parse(startedAt)] : []));
      return {
        seconds: (Date.now() - Math.min(...begun)) / 1000,
        records: portal.backfill.done,
        listings: Object.fromEntries(portal.backfill.listings.map(({ listing, done }) => [listing, done])),
        events: await this.eventCount(),
        memory: await this.peakMemory(),
      };
    }
  }

  async counters(): Promise<{ requests: number; refused: number }> {
    const answer = await fetch(`${this.report.simulatorControlUrl.replace(/\/$/, '')}/counters`);
    const { httpRequests, refusedRequests } = (await answer.json()) as {
      httpRequests: number;
      refusedRequests: number;
    };
    return { requests: httpRequests, refused: refusedRequests };
  }

  /** Address of the embedded database, for the owner of all tables. */
  async databaseUrl(): Promise<string> {
    const text = await readFile(join(this.folder, 'data', 'connection.json'), 'utf8');
    return (JSON.parse(text) as { databaseUrl: string }).databaseUrl;
  }

  /** Where each program serves `/metrics`, as its log tells. */
  async metricsAddresses(): Promise<Record<'ingest' | 'projector' | 'curator' | 'api', string>> {
    const addressOf = async (app: string): Promise<string> => {
      const log = await readFile(join(this.folder, 'data', 'logs', `${app}.log`), 'utf8');
      const port = /"port":(\d+),"msg":"ready"/.exec(log)?.[1];
      if (port === undefined) throw new Error(`The log of ${app} does not tell its port`);
      return `http://127.0.0.1:${port}/metrics`;
    };
    return {
      ingest: await addressOf('ingest'),
      projector: await addressOf('projector'),
      curator: await addressOf('curator'),
      api: `${this.report.address}metrics`,
    };
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.kill('SIGTERM');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  private async portal(): Promise<PortalAnswer> {
    const answer = await this.ask();
    if (!answer.ok) throw new Error(`The API answered ${answer.status}`);
    return (await answer.json()) as PortalAnswer;
  }

  /** Cookie of the ready integrator of the simulated portal. */
  async signedIn(): Promise<string> {
    return (this.cookie ??= await demoCookie(this.report.address));
  }

  private async ask(): Promise<Response> {
    const headers = { cookie: await this.signedIn() };
    return fetch(`${this.report.address}api/v1/portals/${this.report.portalId}`, { headers });
  }

  private async eventCount(): Promise<number> {
    const answer = await this.ask();
    const { freshness } = (await answer.json()) as { freshness: { projected: string } };
    return Number(freshness.projected.split(':')[1]);
  }

  private async peakMemory(): Promise<Record<string, number>> {
    const peaks: Record<string, number> = {};
    for (const [name, pid] of Object.entries(this.report.pids)) {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
      const kib = /VmHWM:\s+(\d+)/.exec(status)?.[1];
      if (kib) peaks[name] = Math.round(Number(kib) / 1024);
    }
    return peaks;
  }
}

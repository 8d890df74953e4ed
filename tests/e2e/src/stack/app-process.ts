import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface AppOrder {
  app: string;
  arguments?: string[];
  environment?: Record<string, string>;
  /** Gets everything that the process prints. */
  logFile?: string;
}

/** A process that specs kill to see that nothing is lost. */
export interface KillableProcess {
  /** What it printed lately, for the message of a failed test. */
  readonly lastLines: string;
  /** `kill -9`, then the same command again. */
  killAndRestart(): Promise<void>;
  stop(): Promise<void>;
}

/** A real process of the product, started from its build, that tests may kill and start again. */
export class AppProcess implements KillableProcess {
  private constructor(
    private readonly order: AppOrder,
    private child: ChildProcess,
    readonly ready: Record<string, unknown>,
    private readonly output: string[],
  ) {}

  /** Starts the app and waits until it reports that it is ready; its last lines are in the error otherwise. */
  static async start(order: AppOrder): Promise<AppProcess> {
    const output: string[] = [];
    const { child, ready } = await launch(order, output);
    return new AppProcess(order, child, ready, output);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get lastLines(): string {
    const lines = this.output.join('').trim().split('\n').slice(-12);
    return lines.map((line) => line.slice(0, 400)).join('\n');
  }

  async killAndRestart(): Promise<void> {
    await this.end('SIGKILL');
    const { child } = await launch(this.order, this.output);
    this.child = child;
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.kill(signal);
    await ended;
  }
}

async function launch(order: AppOrder, output: string[]) {
  const entry = fileURLToPath(new URL(`../../../../apps/${order.app}/dist/main.js`, import.meta.url));
  const child = fork(entry, order.arguments ?? [], {
    env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'info', ...order.environment },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const keep = (chunk: Buffer): void => {
    output.push(chunk.toString());
    if (order.logFile) appendFileSync(order.logFile, chunk);
    if (output.length > 200) output.shift();
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${order.app} ${why}\n${output.slice(-20).join('')}`));
    const timer = setTimeout(() => fail('was not ready within 60 s'), 60_000);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`ended with ${signal ?? code} before it was ready`);
    });
    child.on('message', (message: { type?: string }) => {
      if (message.type !== 'ready') return;
      clearTimeout(timer);
      resolve(message);
    });
  });
  return { child, ready };
}

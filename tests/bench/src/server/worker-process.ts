import { type ChildProcess, fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A program of the product in a process of its own, started as `npm start` does. */
export class WorkerProcess {
  private constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(name: 'projector' | 'curator', environment: Record<string, string>): Promise<WorkerProcess> {
    const entry = fileURLToPath(new URL(`../../../../apps/${name}/dist/main.js`, import.meta.url));
    const child = fork(entry, [], {
      env: { ...process.env, NODE_OPTIONS: '', MALLOC_ARENA_MAX: '2', LOG_LEVEL: 'warn', ...environment },
      execArgv: ['--max-semi-space-size=8', '--max-old-space-size=96'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`The ${name} ended with ${code}`)));
      child.on('message', (message: { type?: string }) => {
        if (message.type === 'ready') resolve();
      });
    });
    return new WorkerProcess(name, child);
  }

  /** Most memory it held so far, MiB. Throws when it has ended. */
  async peakMiB(): Promise<number> {
    const status = await readFile(`/proc/${this.child.pid}/status`, 'utf8');
    const peak = /VmHWM:\s+(\d+)/.exec(status)?.[1];
    if (peak === undefined) throw new Error(`The ${this.name} tells no peak of its memory`);
    return Math.round(Number(peak) / 1024);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.kill('SIGTERM');
    await ended;
  }
}

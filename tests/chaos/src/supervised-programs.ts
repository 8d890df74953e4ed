import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProgramOrder } from './program.js';

const program = fileURLToPath(new URL('../dist/program.js', import.meta.url));
const RESTART_AFTER_MS = 300;

/** Processes that are started again whenever they end, as a supervisor of the product would. */
export class SupervisedPrograms {
  private readonly running = new Map<string, ChildProcess>();
  private isEnding = false;
  restarts = 0;

  start(order: ProgramOrder): void {
    const child = fork(program, [], {
      execArgv: ['--disable-warning=TimeoutNegativeWarning'],
      env: { ...process.env, NODE_OPTIONS: '', CHAOS_PROGRAM: JSON.stringify(order) },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.running.set(order.name, child);
    child.once('exit', () => {
      if (this.isEnding) return;
      this.restarts += 1;
      setTimeout(() => {
        if (!this.isEnding) this.start(order);
      }, RESTART_AFTER_MS);
    });
  }

  get names(): string[] {
    return [...this.running.keys()];
  }

  signal(name: string, signal: NodeJS.Signals): void {
    this.running.get(name)?.kill(signal);
  }

  async end(): Promise<void> {
    this.isEnding = true;
    const left = [...this.running.values()].filter(
      ({ exitCode, signalCode }) => exitCode === null && signalCode === null,
    );
    const ended = left.map((child) => new Promise((resolve) => child.once('exit', resolve)));
    for (const child of left) child.kill('SIGKILL');
    await Promise.all(ended);
  }
}

import { type ChildProcess, fork, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { signInToDemo } from './sign-in.js';
import { topologyOfRun } from './topology.js';

const entry = fileURLToPath(new URL('../../../../apps/all-in-one/dist/main.js', import.meta.url));
const cli = fileURLToPath(new URL('../../../../apps/cli/bin/funnelwatch.js', import.meta.url));

export interface Ended {
  exitCode: number | null;
  output: string;
  errors: string;
}

export interface StartReport {
  address: string;
  portalId: string;
  simulatorControlUrl: string | null;
  firstLink: string | null;
  pids: Record<string, number>;
}

const environment = { ...process.env, NODE_OPTIONS: '', LANG: 'en_US.UTF-8' };

const inTopology = (args: string[]): string[] =>
  args.includes('--topology') ? args : [...args, '--topology', topologyOfRun];

/** Runs a command of the product to its end. */
function runToEnd(file: string, args: string[], extra: Record<string, string> = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [file, ...args], {
      env: { ...environment, ...extra },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended: Ended = { exitCode: null, output: '', errors: '' };
    child.stdout.on('data', (chunk: Buffer) => (ended.output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (ended.errors += chunk.toString()));
    child.once('close', (exitCode) => resolve({ ...ended, exitCode }));
  });
}

/** `npm start -- …` that is expected to refuse. */
export const startToEnd = (args: string[], extra: Record<string, string> = {}): Promise<Ended> =>
  runToEnd(entry, inTopology(args), extra);
/** `npx funnelwatch …`. */
export const cliToEnd = (args: string[], extra: Record<string, string> = {}): Promise<Ended> =>
  runToEnd(cli, args, extra);

/** `npm start -- …` that runs until it is stopped. */
export class StartCommand {
  private signedIn: Promise<string> | null = null;

  private constructor(
    readonly child: ChildProcess,
    readonly report: StartReport,
    readonly secondsToReady: number,
  ) {}

  static async run(args: string[], extra: Record<string, string> = {}): Promise<StartCommand> {
    const startedAt = performance.now();
    const child = fork(entry, inTopology(args), {
      env: { ...environment, ...extra },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const report = await new Promise<StartReport>((resolve, reject) => {
      child.once('exit', (code, signal) => reject(new Error(`npm start ended with ${signal ?? code}:\n${output}`)));
      child.on('message', (message: { type?: string }) => {
        if (message.type === 'ready') resolve(message as unknown as StartReport);
      });
    });
    return new StartCommand(child, report, (performance.now() - startedAt) / 1000);
  }

  /** Of the ready integrator of the simulated portal. */
  cookie(): Promise<string> {
    return (this.signedIn ??= signInToDemo(this.report.address.replace(/\/$/, '')));
  }

  /** Sends a signal and resolves with the seconds until the process was gone. */
  async end(signal: NodeJS.Signals): Promise<number> {
    const startedAt = performance.now();
    const ended = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.kill(signal);
    await ended;
    return (performance.now() - startedAt) / 1000;
  }
}

/** True while a process with this id exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

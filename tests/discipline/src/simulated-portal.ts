import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const simulator = fileURLToPath(new URL('../../../apps/portal-sim/src/main.ts', import.meta.url));
const project = fileURLToPath(new URL('../../../apps/portal-sim/tsconfig.json', import.meta.url));

/** The simulated portal in a process of its own, reached by HTTP as a real one would be. */
export class SimulatedPortal {
  private constructor(
    private readonly child: ChildProcess,
    readonly webhookUrl: string,
    private readonly controlUrl: string,
  ) {}

  static async start(...parameters: string[]): Promise<SimulatedPortal> {
    const child = fork(simulator, ['--limits', 'off', '--log-level', 'error', ...parameters], {
      execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
      env: { ...process.env, NODE_OPTIONS: '', SWC_NODE_PROJECT: project },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ready = await new Promise<{ webhookUrl: string; controlUrl: string }>((resolve, reject) => {
      child.once('message', (message: { webhookUrl: string; controlUrl: string }) => resolve(message));
      child.once('exit', (code) => reject(new Error(`The simulator ended with code ${code}`)));
    });
    return new SimulatedPortal(child, ready.webhookUrl, ready.controlUrl);
  }

  /** Makes portal time stand still at an instant, milliseconds; what is due by then has happened. */
  async standAt(atMs: number): Promise<void> {
    const response = await fetch(`${this.controlUrl}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ speed: 0, advanceTo: new Date(atMs).toISOString() }),
    });
    if (!response.ok) throw new Error(`The clock: ${response.status} ${await response.text()}`);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}

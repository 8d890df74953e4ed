import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const simulator = fileURLToPath(new URL('../../../apps/portal-sim/src/main.ts', import.meta.url));
const simulatorProject = fileURLToPath(new URL('../../../apps/portal-sim/tsconfig.json', import.meta.url));

export type PortalRow = Record<string, unknown>;

/** The simulated portal in a process of its own, as a real one would be. */
export class SimulatedPortal {
  private constructor(
    private readonly child: ChildProcess,
    readonly webhookUrl: string,
    private readonly controlUrl: string,
  ) {}

  static async start(...flags: string[]): Promise<SimulatedPortal> {
    const child = fork(simulator, ['--limits', 'off', '--log-level', 'error', '--company', 'tiny', ...flags], {
      execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
      env: { ...process.env, NODE_OPTIONS: '', SWC_NODE_PROJECT: simulatorProject },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ready = await new Promise<{ webhookUrl: string; controlUrl: string }>((resolve, reject) => {
      child.once('message', (message: { webhookUrl: string; controlUrl: string }) => resolve(message));
      child.once('exit', (code) => reject(new Error(`The simulator ended with code ${code}`)));
    });
    return new SimulatedPortal(child, ready.webhookUrl, ready.controlUrl);
  }

  async control<Answer>(path: string, body: unknown = null, method?: string): Promise<Answer> {
    const response = await fetch(`${this.controlUrl}/${path}`, {
      method: method ?? (body === null ? 'GET' : 'POST'),
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** Lets a method fail; see the README of the simulator for the kinds. */
  async spoil(...faults: Record<string, unknown>[]): Promise<void> {
    await this.control('faults', { faults });
  }

  async heal(): Promise<void> {
    await this.control('faults', null, 'DELETE');
  }

  /** How often a method ran in the portal, refused calls left out. */
  async ran(method: string): Promise<number> {
    const { methods } = await this.control<{ methods: Record<string, { calls: number; errors: number }> }>('counters');
    const known = methods[method];
    return known ? known.calls - known.errors : 0;
  }

  async requests(): Promise<number> {
    return (await this.control<{ httpRequests: number }>('counters')).httpRequests;
  }

  /** A method of the portal, as any client would call it. */
  async call<Result>(method: string, parameters: object): Promise<Result> {
    const response = await fetch(`${this.webhookUrl}${method}.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    const body = (await response.json()) as { result: Result; error?: string };
    if (body.error !== undefined) throw new Error(`${method}: ${JSON.stringify(body)}`);
    return body.result;
  }

  /** Tasks of a person that hold a text, by the newest. */
  async tasksWith(text: string): Promise<PortalRow[]> {
    const tasks: PortalRow[] = [];
    for (let start = 0; ; start += 50) {
      const order = { ID: 'desc' };
      const select = ['ID', 'TITLE', 'DESCRIPTION', 'RESPONSIBLE_ID', 'UF_CRM_TASK'];
      const page = await this.call<{ tasks: PortalRow[] }>('tasks.task.list', { order, select, start });
      tasks.push(...page.tasks);
      if (page.tasks.length < 50) break;
    }
    return tasks.filter(({ title, description }) => `${String(title)} ${String(description)}`.includes(text));
  }

  /** Comments and notifications that hold a text. */
  async messagesWith(text: string): Promise<{ comments: PortalRow[]; notifications: PortalRow[] }> {
    const { comments, notifications } = await this.control<{ comments: PortalRow[]; notifications: PortalRow[] }>(
      'written',
    );
    return {
      comments: comments.filter(({ comment }) => String(comment).includes(text)),
      notifications: notifications.filter(({ message }) => String(message).includes(text)),
    };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}

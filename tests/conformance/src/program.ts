import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** A program of the workspace run from its sources, with a channel for messages. */
export class Program {
  private constructor(
    readonly process: ChildProcess,
    /** What the program said when it was ready. */
    readonly ready: Record<string, unknown>,
  ) {}

  /** Starts `main` (a path from the root of the workspace) and waits until it is ready. */
  static async start(main: string, args: string[], environment: Record<string, string> = {}): Promise<Program> {
    const project = main.slice(0, main.indexOf('/src/'));
    const child = fork(`${root}${main}`, args, {
      cwd: root,
      env: { ...process.env, SWC_NODE_PROJECT: `${root}${project}/tsconfig.json`, ...environment },
      execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const first = await Promise.race([
      once(child, 'message').then(([message]) => message as Record<string, unknown>),
      once(child, 'exit').then(([code]) => {
        throw new Error(`${main} ended with code ${String(code)}: ${complaints}`);
      }),
    ]);
    return new Program(child, first);
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.disconnect();
    await ended;
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { repositoryFile } from './compose-file.js';

export interface CommandRun {
  code: number;
  out: string;
  error: string;
}

/** Runs a command of infra/grafana as somebody would at a terminal, with nothing of Grafana in the environment but what is given. */
export async function runGrafanaCommand(
  name: 'create-organisations.mjs' | 'smoke.mjs',
  argv: string[],
  environment: Record<string, string> = {},
): Promise<CommandRun> {
  const script = fileURLToPath(repositoryFile(`infra/grafana/${name}`));
  const inherited = Object.entries(process.env).filter(
    ([key]) => !key.startsWith('GRAFANA_') && key !== 'NODE_OPTIONS',
  );
  const child = spawn(process.execPath, [script, ...argv], {
    env: { ...Object.fromEntries(inherited), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', error: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.error += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, ...said };
}

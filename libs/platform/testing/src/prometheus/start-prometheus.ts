import { execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const START_TIMEOUT_MS = 30_000;

export interface PrometheusOptions {
  /** Holds the configuration and what is scraped. */
  folder: string;
  /** Addresses (`127.0.0.1:4400`) that serve `/metrics`, by the name of their job. */
  targets: Readonly<Record<string, readonly string[]>>;
  /** Files of rules; patterns such as `rules/*.yml` too. */
  ruleFiles?: readonly string[];
  /** How often it scrapes and evaluates its rules, seconds; 1 unless told. */
  everySeconds?: number;
}

export interface RunningPrometheus {
  /** `http://127.0.0.1:<port>` */
  url: string;
  pid: number;
  /** What an expression gives now. Throws what Prometheus says of an expression that it does not take. */
  query(expression: string): Promise<{ labels: Record<string, string>; value: number }[]>;
  /** The data of another answer of the API, such as `rules` or `targets`. */
  ask<Data>(path: string): Promise<Data>;
  stop(): Promise<void>;
}

/** Why a real Prometheus cannot be started here, null when it can. */
export async function whatPrometheusLacks(): Promise<string | null> {
  return run('prometheus', ['--version']).then(
    () => null,
    () => 'there is no prometheus (apt-get install --no-install-recommends prometheus)',
  );
}

/** Starts a real Prometheus on a free port of the loopback interface and resolves when it answers. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const { folder, targets, ruleFiles = [], everySeconds = 1 } = options;
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'prometheus.json');
  // JSON is YAML.
  await writeFile(
    file,
    JSON.stringify({
      global: { scrape_interval: `${everySeconds}s`, evaluation_interval: `${everySeconds}s` },
      rule_files: ruleFiles,
      scrape_configs: Object.entries(targets).map(([job, addresses]) => ({
        job_name: job,
        static_configs: [{ targets: addresses }],
      })),
    }),
  );
  const child = spawn(
    'prometheus',
    [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, 'data')}`, '--web.listen-address=127.0.0.1:0'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const fail = (why: string): void => {
      child.kill('SIGKILL');
      reject(new Error(`Prometheus ${why}:\n${said}`));
    };
    const timer = setTimeout(() => fail(`was not ready within ${START_TIMEOUT_MS} ms`), START_TIMEOUT_MS);
    child.once('error', (error) => fail(error.message));
    void ended.then(() => fail('ended before it was ready'));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      // The port that it took stands in the line of its web server.
      const port = /component=web .*address=127\.0\.0\.1:([1-9]\d*)\n/.exec(said)?.[1];
      if (port === undefined || !said.includes('Server is ready to receive web requests')) return;
      clearTimeout(timer);
      resolve(`http://127.0.0.1:${port}`);
    });
  });
  const ask = async <Data>(path: string): Promise<Data> => {
    const answer = (await (await fetch(`${url}/api/v1/${path}`)).json()) as { data?: Data; error?: string };
    if (answer.data === undefined) throw new Error(`Prometheus refuses ${decodeURIComponent(path)}: ${answer.error}`);
    return answer.data;
  };
  return {
    url,
    pid: child.pid ?? 0,
    ask,
    query: async (expression) => {
      const path = `query?query=${encodeURIComponent(expression)}`;
      const { result } = await ask<{ result: { metric: Record<string, string>; value: [number, string] }[] }>(path);
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BROKER_VERSION = '4.1.0';
const packageFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Whether this machine has what the broker needs: a Java 17 or later, and Maven while its jars are not fetched yet. */
export async function whatBrokerLacks(): Promise<string | null> {
  const java = await run('java', ['-version']).catch(() => null);
  // `java -version` speaks on the error stream: openjdk version "17.0.15".
  const version = Number(/version "(\d+)/.exec(java?.stderr ?? '')?.[1] ?? 0);
  if (version < 17) return 'Java 17 or later is not installed';
  if (existsSync(jarsFolder())) return null;
  const maven = await run('mvn', ['-version']).catch(() => null);
  return maven ? null : 'Maven is not installed, which fetches the broker';
}

/** Folder with the jars of Apache Kafka; fetches them by Maven when they are not there yet. Safe to call at once twice. */
export async function fetchBrokerJars(): Promise<string> {
  const folder = jarsFolder();
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.`);
  const pom = join(packageFolder, 'broker', 'pom.xml');
  await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`], {
    maxBuffer: 16 * 1024 * 1024,
  });
  await rename(partial, folder).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true });
    // Somebody else was quicker.
    if (!existsSync(folder)) throw error;
  });
  return folder;
}

const jarsFolder = (): string =>
  join(packageFolder, '..', '..', '..', 'node_modules', '.cache', 'funnelwatch-broker', BROKER_VERSION);

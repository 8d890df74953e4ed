import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { fetchBrokerJars } from './broker-jars.js';

const run = promisify(execFile);
const START_TIMEOUT_MS = 60_000;
/** Kafka wants 16 bytes in base64url; one installation, one cluster. */
const CLUSTER_ID = 'ZnVubmVsd2F0Y2hicm9rcg';

export interface BrokerOptions {
  /** Holds the topics, the settings and `broker.log`; what is there already is kept. */
  folder: string;
  /** Loopback port; the one used before in this folder, or a free one. */
  port?: number;
  heapMiB?: number;
  /** Settings of the broker beyond ours, such as `{ 'log.segment.bytes': '1048576' }`. */
  settings?: Record<string, string>;
  /** A shell prefix of limits, such as `ulimit -f 2048`. */
  limits?: string;
}

export interface RunningBroker {
  /** For clients: `127.0.0.1:<port>`. */
  brokers: string[];
  port: number;
  pid: number;
  /** Resolves when the process has ended, whatever ended it. */
  ended: Promise<void>;
  /** A graceful end. */
  stop(): Promise<void>;
  /** SIGKILL. `startBroker` with the same folder goes on where it was. */
  kill(): Promise<void>;
}

/**
 * Starts Apache Kafka 4.1 (KRaft, one node, loopback only) as a child process and resolves when it takes connections,
 * after about six seconds. Needs Java 17 and Maven: see `whatBrokerLacks`.
 */
export async function startBroker(options: BrokerOptions): Promise<RunningBroker> {
  const { folder, heapMiB = 384, settings = {}, limits } = options;
  const classPath = join(await fetchBrokerJars(), '*');
  await mkdir(folder, { recursive: true });
  const settingsFile = join(folder, 'broker.properties');
  const known = await readFile(settingsFile, 'utf8').catch(() => '');
  const port = options.port ?? (Number(/^listeners=PLAINTEXT:\/\/127\.0\.0\.1:(\d+)/m.exec(known)?.[1]) || 0);
  const ports = { client: port || (await findFreePort()), controller: await findFreePort() };
  await writeFile(settingsFile, propertiesOf(folder, ports, settings));
  if (!existsSync(join(folder, 'data', 'meta.properties'))) {
    const format = ['kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', settingsFile];
    await run('java', ['-XX:TieredStopAtLevel=1', '-cp', classPath, ...format]);
  }
  const java = ['-Xms128m', `-Xmx${heapMiB}m`, '-XX:+UseSerialGC', '-cp', classPath, 'kafka.Kafka', settingsFile];
  const log = await open(join(folder, 'broker.log'), 'a');
  const stdio: ['ignore', number, number] = ['ignore', log.fd, log.fd];
  // A process group of its own: Ctrl-C in a terminal reaches clients first.
  const child = limits
    ? spawn('bash', ['-c', `${limits}; exec java "$@"`, 'java', ...java], { stdio, detached: true })
    : spawn('java', java, { stdio, detached: true });
  await log.close();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await waitUntilUp(child, ports.client, folder);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    brokers: [`127.0.0.1:${ports.client}`],
    port: ports.client,
    pid: child.pid ?? 0,
    ended,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

function propertiesOf(
  folder: string,
  ports: { client: number; controller: number },
  settings: Record<string, string>,
): string {
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${ports.client},CONTROLLER://127.0.0.1:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.client}`,
    'log.dirs': join(folder, 'data'),
    'auto.create.topics.enable': 'false',
    'offsets.topic.num.partitions': '4',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
    // A node that comes back after a kill must not wait for its own session to run out.
    'broker.session.timeout.ms': '4000',
    'broker.heartbeat.interval.ms': '1000',
    ...settings,
  };
  return `${Object.entries(properties)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`;
}

async function waitUntilUp(child: ChildProcess, port: number, folder: string): Promise<void> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadlineMs) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await answers(port)) return;
    await sleep(100);
  }
  child.kill('SIGKILL');
  const log = await readFile(join(folder, 'broker.log'), 'utf8').catch(() => '');
  throw new Error(`The broker did not start:\n${log.split('\n').slice(-20).join('\n')}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

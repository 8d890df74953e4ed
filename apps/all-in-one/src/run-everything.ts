import { writeFile, unlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Arguments } from './arguments.js';
import { openDataFolder } from './data-folder/open-data-folder.js';
import { refuseTakenPort } from './free-port.js';
import { startPostgres } from './postgres/start-postgres.js';
import { type ProcessOrder, SupervisedProcess } from './processes/supervised-process.js';
import { prepareDatabase } from './prepare-database.js';
import { recallSimulatedPortal, rememberSimulatedPortal } from './simulated-portal.js';
import { registerPortal, refuseBrokenWebhook } from './register-portal.js';
import { textsIn } from './texts.js';

/** What a program that started everything may want to know. */
interface StartReport {
  address: string;
  databaseUrl: string;
  portalId: string;
  /** Control interface of the simulated portal, null with a real one. */
  simulatorControlUrl: string | null;
  pids: Record<string, number | undefined>;
}

export interface Everything {
  report: StartReport;
  /** Stops all processes, applications first and the database last, within 10 s. */
  stop(): Promise<void>;
}

const entryOf = (app: string): string => fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));
const consoleFolder = fileURLToPath(new URL('../../console/dist', import.meta.url));

/**
 * Runs the whole product on this machine: database, simulated portal (or the given real one), ingest, projector, API
 * with console. Prints one line per stage. On failure, or when `signal` aborts the
 * start, everything that was started is stopped and the error rethrown.
 */
export async function runEverything(
  options: Arguments,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<Everything> {
  const texts = textsIn(options.language);
  const startedAt = performance.now();
  const show = (line: string): void =>
    print(`  ${texts.seconds((performance.now() - startedAt) / 1000).padStart(7)}  ${line}`);
  const stage = (line: string): void => {
    signal.throwIfAborted();
    show(line);
  };
  const started: SupervisedProcess[] = [];
  const closers: (() => Promise<unknown>)[] = [];

  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= stopAll());
  const stopAll = async (): Promise<void> => {
    if (started.length > 0) print(texts.stopping);
    const [database, ...applications] = started;
    await Promise.all(applications.map((application) => application.stop(5000)));
    await database?.stop(4000);
    for (const close of closers.reverse()) await close();
    if (started.length > 0) print(texts.stopped);
  };

  try {
    await refuseTakenPort(options.port);
    if (options.portal) await refuseBrokenWebhook(options.portal, options.certificateFile);
    const folder = await openDataFolder(options.dataFolder);
    closers.push(() => folder.lock.release());
    stage(texts.data(folder.path, folder.isNew));

    const onRestart = (name: string, reason: string): void => show(texts.restarting(name, reason));
    const postgres = await startPostgres(folder, onRestart);
    started.push(postgres.process);
    stage(texts.database);
    await prepareDatabase(postgres.databaseUrl);
    stage(texts.schema);

    const environment = {
      DATABASE_URL: postgres.databaseUrl,
      FUNNELWATCH_KEY_FILE: folder.keyFile,
      HOST: '127.0.0.1',
      PORT: '0',
    };
    const launch = async <Ready extends object>(
      order: Omit<ProcessOrder, 'startTimeoutMs' | 'entry'>,
    ): Promise<Ready> => {
      const { process, ready } = await SupervisedProcess.start<Ready>(
        {
          ...order,
          entry: entryOf(order.name),
          startTimeoutMs: 60_000,
          environment: { ...environment, ...order.environment },
        },
        folder.logsFolder,
        onRestart,
      );
      started.push(process);
      return ready;
    };

    const simulated = await recallSimulatedPortal(folder.simulatorFolder);
    let webhookUrl = options.portal;
    let simulatorControlUrl: string | null = null;
    if (!webhookUrl) {
      const simulator = await launch<{ webhookUrl: string; controlUrl: string }>({
        name: 'portal-sim',
        arguments: [...['--state-dir', folder.simulatorFolder, '--port', String(simulated.port)], ...options.simulator],
      });
      ({ webhookUrl } = simulator);
      simulatorControlUrl = simulator.controlUrl;
      stage(texts.simulator);
    }
    const portal = await registerPortal({
      webhookUrl,
      databaseUrl: postgres.databaseUrl,
      keyFile: folder.keyFile,
      ...(options.portal ? {} : { name: texts.simulatedCompany }),
      knownPortalId: options.portal ? null : simulated.portalId,
      pausedPortalId: options.portal ? simulated.portalId : null,
    });
    if (!options.portal) {
      await rememberSimulatedPortal(folder.simulatorFolder, { port: simulated.port, portalId: portal.portalId });
    }
    stage(texts.portal(portal.host));

    const [, , api] = await Promise.all([
      launch({
        name: 'ingest',
        heapMiB: 128,
        environment: {
          POLL_MS: String(options.pollMs ?? (options.portal ? 30_000 : 2000)),
          RECONCILE_MS: String(options.reconcileMs ?? (options.portal ? 900_000 : 60_000)),
        },
      }).then((ready) => {
        stage(texts.ingest);
        return ready;
      }),
      launch({ name: 'projector', heapMiB: 96 }).then((ready) => {
        stage(texts.projector);
        return ready;
      }),
      launch<{ url: string }>({
        name: 'api',
        heapMiB: 256,
        environment: { PORT: String(options.port), CONSOLE_DIR: consoleFolder },
      }).then((ready) => {
        stage(texts.api);
        return ready;
      }),
    ]);
    const address = `${api.url}/`;
    await writeFile(
      folder.connectionFile,
      `${JSON.stringify({ databaseUrl: postgres.databaseUrl, keyFile: folder.keyFile, address })}\n`,
      { mode: 0o600 },
    );
    closers.push(() => unlink(folder.connectionFile).catch(() => undefined));
    print('');
    print(`  ${texts.open(address)}`);
    print(`  ${texts.stopHint}`);
    print('');
    const pids = Object.fromEntries(started.map((process) => [process.name, process.pid]));
    return {
      report: { address, databaseUrl: postgres.databaseUrl, portalId: portal.portalId, simulatorControlUrl, pids },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

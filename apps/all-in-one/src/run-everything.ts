import { writeFile, unlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Arguments } from './arguments.js';
import { openDataFolder } from './data-folder/open-data-folder.js';
import { refuseMissingBroker, startBroker } from './broker/start-broker.js';
import { createFirstLink } from './create-first-link.js';
import { refuseTakenPort } from './free-port.js';
import { startPostgres } from './postgres/start-postgres.js';
import { StartedProcesses } from './processes/started-processes.js';
import { type ProcessOrder, SupervisedProcess } from './processes/supervised-process.js';
import { logins, prepareDatabase } from './prepare-database.js';
import { prepareEventTopic } from './prepare-event-topic.js';
import { recallSimulatedPortal, rememberSimulatedPortal } from './simulated-portal.js';
import { refuseOtherKeyFile } from './refuse-other-key.js';
import { registerPortal, refuseBrokenWebhook } from './register-portal.js';
import { setSimulatedRules } from './set-simulated-rules.js';
import { textsIn } from './texts.js';

/** What a program that started everything may want to know. */
interface StartReport {
  address: string;
  databaseUrl: string;
  portalId: string;
  /** Control interface of the simulated portal, null with a real one. */
  simulatorControlUrl: string | null;
  /** Makes the first integrator, once; null when there is one. */
  firstLink: string | null;
  pids: Record<string, number | undefined>;
}

export interface Everything {
  /** Null when only the database was asked for. */
  report: StartReport | null;
  /** Stops all processes, applications first and the database last, within 10 s. */
  stop(): Promise<void>;
}

const entryOf = (app: string): string => fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));
const consoleFolder = fileURLToPath(new URL('../../console/dist', import.meta.url));

const projectorNames = (count: number): string[] =>
  count === 1 ? ['projector'] : Array.from({ length: count }, (_, index) => `projector-${index + 1}`);

/**
 * Runs the whole product on this machine: database, simulated portal (or the given real one), ingest, projector, API
 * with console; or the database alone, for the command line. Prints one line per stage. On failure, or when `signal`
 * aborts the start, everything that was started is stopped and the error rethrown.
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
  const started = new StartedProcesses();
  const closers: (() => Promise<unknown>)[] = [];

  let stopping: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopping ??= stopAll());
  const stopAll = async (): Promise<void> => {
    if (!started.isEmpty) print(texts.stopping);
    await started.stop();
    for (const close of closers.reverse()) await close();
    if (!started.isEmpty) print(texts.stopped);
  };

  try {
    const hasBroker = options.topology === 'distributed' && !options.databaseOnly;
    if (hasBroker) await refuseMissingBroker();
    await refuseTakenPort(options.port);
    if (options.portal) await refuseBrokenWebhook(options.portal, options);
    const folder = await openDataFolder(options.dataFolder, logins);
    closers.push(() => folder.lock.release());
    stage(texts.data(folder.path, folder.isNew));

    const onRestart = (name: string, reason: string): void => show(texts.restarting(name, reason));
    const launchBroker = async (): Promise<string[]> => {
      const broker = await startBroker(folder, onRestart);
      started.addServer(broker.process);
      stage(texts.broker(broker.brokers.join()));
      return broker.brokers;
    };
    const launchDatabase = async () => {
      const postgres = await startPostgres(folder, onRestart);
      started.addServer(postgres.process);
      stage(texts.database);
      const urls = await prepareDatabase(postgres.databaseUrl, folder.loginPasswords);
      stage(texts.schema);
      return { owner: postgres.databaseUrl, ...urls };
    };
    const [databases, brokers] = await Promise.all([launchDatabase(), hasBroker ? launchBroker() : null]);
    /** Tells the command line where the data is, as long as it can be reached there. */
    const tellConnection = async (address: string | null): Promise<void> => {
      const connection = { databaseUrl: databases.operator, keyFile: folder.keyFile, address };
      await writeFile(folder.connectionFile, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
      closers.push(() => unlink(folder.connectionFile).catch(() => undefined));
    };
    if (options.databaseOnly) {
      await tellConnection(null);
      print(['', `  ${texts.databaseOnly(folder.path)}`, `  ${texts.stopHint}`, ''].join('\n'));
      return { report: null, stop };
    }

    await refuseOtherKeyFile(databases.operator, folder.keyFile);
    if (brokers) await prepareEventTopic(brokers);

    const environment: Record<string, string> = {
      ...(brokers ? { KAFKA_BROKERS: brokers.join() } : {}),
      FUNNELWATCH_KEY_FILE: folder.keyFile,
      // That of another installation may stand in the environment.
      FUNNELWATCH_KEY: '',
      HOST: '127.0.0.1',
      PORT: '0',
    };
    const launch = async <Ready extends object>(
      app: string,
      order: Omit<ProcessOrder, 'startTimeoutMs' | 'entry' | 'name'> & { name?: string },
    ): Promise<Ready> => {
      const { process, ready } = await SupervisedProcess.start<Ready>(
        {
          ...order,
          name: order.name ?? app,
          entry: entryOf(app),
          startTimeoutMs: 60_000,
          environment: { ...environment, ...order.environment },
        },
        folder.logsFolder,
        onRestart,
      );
      started.addApplication(process);
      return ready;
    };

    const simulated = await recallSimulatedPortal(folder.simulatorFolder);
    let webhookUrl = options.portal;
    let simulatorControlUrl: string | null = null;
    if (!webhookUrl) {
      const simulator = await launch<{ webhookUrl: string; controlUrl: string }>('portal-sim', {
        arguments: [...['--state-dir', folder.simulatorFolder, '--port', String(simulated.port)], ...options.simulator],
      });
      ({ webhookUrl } = simulator);
      simulatorControlUrl = simulator.controlUrl;
      environment['PORTAL_PRIVATE_HOSTS'] = [...options.privateHosts, new URL(webhookUrl).host].join();
      stage(texts.simulator);
    }
    const portal = await registerPortal({
      webhookUrl,
      databaseUrl: databases.operator,
      keyFile: folder.keyFile,
      ...(options.portal ? {} : { name: texts.simulatedCompany }),
      knownPortalId: options.portal ? null : simulated.portalId,
      pausedPortalId: options.portal ? simulated.portalId : null,
    });
    if (!options.portal) {
      await setSimulatedRules(databases.operator, portal);
      await rememberSimulatedPortal(folder.simulatorFolder, { port: simulated.port, portalId: portal.portalId });
    }
    stage(texts.portal(portal.host));

    const launchIngest = async (): Promise<void> => {
      await launch('ingest', {
        heapMiB: 128,
        environment: {
          DATABASE_URL: databases.ingest,
          POLL_MS: String(options.pollMs ?? (options.portal ? 30_000 : 2000)),
          RECONCILE_MS: String(options.reconcileMs ?? (options.portal ? 900_000 : 60_000)),
        },
      });
      stage(texts.ingest);
    };
    const launchProjectors = async (): Promise<void> => {
      const names = projectorNames(options.projectors);
      await Promise.all(
        names.map((name) =>
          launch('projector', { name, heapMiB: 96, environment: { DATABASE_URL: databases.projector } }),
        ),
      );
      stage(texts.projectors(names.length));
    };
    const launchCurator = async (): Promise<void> => {
      await launch('curator', { heapMiB: 192, environment: { DATABASE_URL: databases.curator } });
      stage(texts.curator);
    };
    const launchApi = async (): Promise<{ url: string }> => {
      const ready = await launch<{ url: string }>('api', {
        heapMiB: 256,
        environment: {
          DATABASE_URL: databases.api,
          PORT: String(options.port),
          CONSOLE_DIR: consoleFolder,
          ...(options.portal ? {} : { DEMO_PORTAL: portal.portalId }),
        },
      });
      stage(texts.api);
      return ready;
    };
    const [, , , api] = await Promise.all([launchIngest(), launchProjectors(), launchCurator(), launchApi()]);
    const address = `${api.url}/`;
    await tellConnection(address);
    const firstPath = await createFirstLink(databases.operator);
    const firstLink = firstPath === null ? null : new URL(firstPath, address).href;
    const firstSteps =
      firstLink === null
        ? []
        : [texts.firstLink(firstLink), texts.firstLinkNote, ...(options.portal ? [] : [texts.demoNote])];
    const lines = [texts.open(address), ...firstSteps, texts.stopHint];
    print(['', ...lines.map((line) => `  ${line}`), ''].join('\n'));
    return {
      report: {
        address,
        firstLink,
        databaseUrl: databases.owner,
        portalId: portal.portalId,
        simulatorControlUrl,
        pids: started.pids,
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

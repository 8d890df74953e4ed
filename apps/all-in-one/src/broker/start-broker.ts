import { fileURLToPath } from 'node:url';
import { Rejection } from '@funnelwatch/kernel';
import { fetchBrokerJars, whatBrokerLacks } from '@funnelwatch/testing/broker';
import type { DataFolder } from '../data-folder/open-data-folder.js';
import { findFreePort } from '../free-port.js';
import { SupervisedProcess } from '../processes/supervised-process.js';

/** Refuses with `BROKER_NEEDS_JAVA` what the distributed topology cannot do without. */
export async function refuseMissingBroker(): Promise<void> {
  const lack = await whatBrokerLacks();
  if (lack === null) return;
  throw new Rejection(
    'BROKER_NEEDS_JAVA',
    `The distributed topology runs Apache Kafka, and ${lack}. Install it, or run everything without a broker: npm start.`,
  );
}

/**
 * Starts the broker of the data folder on a free loopback port, where it also comes back after it died.
 * Throws `BROKER_NOT_FETCHED` or `APP_FAILED_TO_START`.
 */
export async function startBroker(
  folder: DataFolder,
  onRestart: (name: string, reason: string) => void,
): Promise<{ brokers: string[]; process: SupervisedProcess }> {
  await fetchBrokerJars().catch((error: unknown) => {
    throw new Rejection(
      'BROKER_NOT_FETCHED',
      'Maven could not fetch Apache Kafka. Check the network and the settings of Maven, then start again.',
      { cause: error },
    );
  });
  const { process, ready } = await SupervisedProcess.start<{ brokers: string[] }>(
    {
      name: 'kafka',
      entry: fileURLToPath(new URL('./broker-host.js', import.meta.url)),
      message: { folder: folder.brokerFolder, port: await findFreePort() },
      isDetached: true,
      startTimeoutMs: 90_000,
    },
    folder.logsFolder,
    onRestart,
  );
  return { brokers: ready.brokers, process };
}

import { exportErasures } from '@funnelwatch/backup';
import { forgetPersonalData, linkedStreams } from '@funnelwatch/capture';
import {
  dropSnapshotsOf,
  eraseSubject,
  type ErasureReport,
  PostgresEventLog,
  rewriteTables,
  waitForPosition,
} from '@funnelwatch/event-log';
import { forgetPeople, removeSamplesOfNames, tablesWithNames } from '@funnelwatch/funnel';
import { Audit } from '@funnelwatch/identity';
import { Rejection, systemClock } from '@funnelwatch/kernel';
import { PortalRegistry } from '@funnelwatch/portals';
import { withTransaction } from '@funnelwatch/postgres';
import type { Command } from 'commander';
import { type Connection, keyOf, type Pool, withPool } from './connection.js';
import { locatePortal } from './find-portal.js';
import type { Texts } from './texts.js';

interface EraseSurroundings {
  connection: () => Promise<Connection>;
  reply: (value: unknown, text: string) => void;
}

interface Erased extends ErasureReport {
  /** Whether the read models have passed the event that tells them. */
  areReadModelsTold: boolean;
  /** Tables whose old row versions are left to the server's own cleaning. */
  notRewritten: string[];
  /** Whether the list that restores go by was renewed. */
  isListRenewed: boolean;
}

const CONNECTIONS = 3;
const LONGEST_WAIT_MS = 15_000;

/** `erase <portal> <subject>`. */
export function addEraseCommand(program: Command, texts: Texts, surroundings: EraseSurroundings): void {
  const { help } = texts;
  program
    .command('erase')
    .description(help.erase)
    .argument('<portal>', help.portalId)
    .argument('<subject>', help.subject)
    .option('--yes', help.yes)
    .option('--keys <folder>', help.eraseKeys)
    .action(async (portalId: string, subject: string, options: { yes?: boolean; keys?: string }) => {
      if (!options.yes) throw new Rejection('ERASURE_NOT_CONFIRMED', texts.eraseNeedsYes(subject));
      const found = await surroundings.connection();
      const key = await keyOf(found);
      const erased = await withPool(
        found,
        async (pool) => {
          const report = await erase(pool, key, portalId, subject, options.keys);
          const { portalId: ofPortal } = await locatePortal(new PortalRegistry(pool, key), portalId);
          await new Audit(pool, systemClock).record({
            ...{ accountId: null, actor: 'command line', action: 'subject.erase', portalId: ofPortal, object: subject },
            ...{ address: null, result: 'done' },
          });
          return report;
        },
        CONNECTIONS,
      );
      const lines = [
        texts.erased(subject, erased.records.length - 1, erased.emptiedEvents),
        ...(erased.areReadModelsTold ? [] : [texts.readModelsNotTold]),
        ...(erased.notRewritten.length === 0 ? [] : [texts.notRewritten(erased.notRewritten.join(', '))]),
        ...(erased.isListRenewed ? [] : [texts.listNotRenewed]),
      ];
      surroundings.reply(erased, lines.join('\n'));
    });
}

async function erase(
  pool: Pool,
  masterKey: Buffer,
  portalId: string,
  subject: string,
  keysFolder: string | undefined,
): Promise<Erased> {
  const portal = await locatePortal(new PortalRegistry(pool, masterKey), portalId);
  const log = new PostgresEventLog(pool);
  try {
    const report = await eraseSubject({
      pool,
      log,
      portal,
      subject,
      linkedTo: (streams, after) => linkedStreams(pool, portal, streams, after),
      forget: async (client, streams) => {
        await forgetPersonalData(client, portal, streams);
        await forgetPeople(client, portal, streams);
      },
    });
    // Before anything that may take long: a copy of keys may be restored at any time.
    if (keysFolder !== undefined) await exportErasures(pool, keysFolder);
    const areReadModelsTold = await waitForPosition(pool, 'funnel', portal.bucket, report.position, LONGEST_WAIT_MS);
    await withTransaction(pool, (client) => dropSnapshotsOf(client, portal.portalId));
    await removeSamplesOfNames(pool);
    const notRewritten = await rewriteTables(pool, ['keys.subject_key', ...(await tablesWithNames(pool))]);
    return { ...report, areReadModelsTold, notRewritten, isListRenewed: keysFolder !== undefined };
  } finally {
    await log.close();
  }
}

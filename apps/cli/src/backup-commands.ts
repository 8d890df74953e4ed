import { backUp, restore, type RestoreOptions } from '@funnelwatch/backup';
import { Rejection } from '@funnelwatch/kernel';
import { refuseOtherKey } from '@funnelwatch/portals';
import type { Command } from 'commander';
import { type Connection, keyOf, withPool } from './connection.js';
import type { Texts } from './texts.js';

interface BackupSurroundings {
  connection: () => Promise<Connection>;
  now: () => Date;
  reply: (value: unknown, text: string) => void;
  /** Tells how far it is, without ending the answer. */
  progress: (text: string) => void;
}

/** `backup` and `restore`. */
export function addBackupCommands(program: Command, texts: Texts, surroundings: BackupSurroundings): void {
  const { help } = texts;
  const { connection, now, reply, progress } = surroundings;
  program
    .command('backup')
    .description(help.backup)
    .argument('<folder>', help.backupFolder)
    .requiredOption('--keys <folder>', help.backupKeys)
    .action(async (folder: string, { keys }: { keys: string }) => {
      const report = await withPool(await connection(), (pool) =>
        backUp({
          pool,
          folder,
          keysFolder: keys,
          now: now(),
          onTable: ({ table, rows, bytes }) => progress(texts.tableCopied(table, rows, bytes)),
        }),
      );
      reply(report, texts.backedUp(report.folder, report.bytes, report.keysFolder));
    });
  program
    .command('restore')
    .description(help.restore)
    .argument('<folder>', help.restoreFolder)
    .requiredOption('--keys <folder>', help.restoreKeys)
    .option('--erasures <file>', help.erasures)
    .action(async (folder: string, { keys, erasures }: { keys: string; erasures?: string }) => {
      const found = await connection();
      const key = await keyOf(found);
      const report = await withPool(found, (pool) =>
        restore({
          pool,
          folder,
          keysFolder: keys,
          erasuresFile: erasures,
          refuseOtherKey: refuseKeyOfOtherTime(key),
          onTable: ({ table, rows, bytes }) => progress(texts.tableCopied(table, rows, bytes)),
        }),
      );
      reply(report, texts.restored(report.madeAt, report.events, report.erased));
    });
}

/** Throws `Rejection` BACKUP_OF_OTHER_KEY. */
const refuseKeyOfOtherTime =
  (masterKey: Buffer): RestoreOptions['refuseOtherKey'] =>
  (client) =>
    refuseOtherKey(client, masterKey).catch((error: unknown) => {
      if (!(error instanceof Rejection) || error.code !== 'KEY_FILE_OTHER') throw error;
      throw new Rejection(
        'BACKUP_OF_OTHER_KEY',
        'The backup was made with another master key. Restore it with the key file of its time: after a rotation that is the one kept with the date in its name (--key-file). Nothing was restored.',
        { cause: error },
      );
    });

import { readFile } from 'node:fs/promises';
import { Audit } from '@funnelwatch/identity';
import { Rejection } from '@funnelwatch/kernel';
import { addReader, listReaders, type Reader, removeReader } from '@funnelwatch/roles';
import type { Command } from 'commander';
import { type Connection, databaseRejection, withPool } from './connection.js';
import { portalIdOf } from './find-portal.js';
import type { Texts } from './texts.js';

interface Surroundings {
  connection: () => Promise<Connection>;
  now: () => Date;
  reply: (value: unknown, text: string) => void;
  /** The whole standard input, read for a password file called `-`. */
  readInput: () => Promise<string>;
}

interface AddOptions {
  portal: string[];
  allPortals?: boolean;
  passwordFile?: string;
}

/** `reader add | list | remove`: logins of the database that read the figures of some portals, for dashboards. */
export function addReaderCommands(program: Command, texts: Texts, surroundings: Surroundings): void {
  const { connection, reply } = surroundings;
  const { help } = texts;
  const reader = program.command('reader').description(help.reader);
  const record = (found: Connection, action: string, login: string, portals: readonly (string | null)[]) =>
    withPool(found, async (pool) => {
      const audit = new Audit(pool, { now: surroundings.now });
      for (const portalId of portals) {
        await audit.record({
          ...{ accountId: null, actor: 'command line', action, portalId, object: login, address: null, result: 'done' },
        });
      }
    });

  reader
    .command('add')
    .description(help.readerAdd)
    .argument('<login>', help.readerLogin)
    .option('--portal <id>', help.readerPortal, (id: string, before: string[]) => [...before, id], [])
    .option('--all-portals', help.readerAllPortals)
    .option('--password-file <path>', help.readerPassword)
    .action(async (login: string, options: AddOptions) => {
      const portals = portalsOf(options);
      const password = await passwordFrom(options.passwordFile, surroundings.readInput);
      const found = await connection();
      const { isNew } = await told(addReader(found.databaseUrl, { login, portals, password }));
      await record(found, 'reader.add', login, portals === 'all' ? [null] : portals);
      reply({ login, portals, isNew }, texts.readerAdded(login, portals === 'all' ? null : portals.length, isNew));
    });

  reader
    .command('list')
    .description(help.readerList)
    .action(async () => {
      const readers = await told(listReaders((await connection()).databaseUrl));
      const lines = readers.map((one) => describeReader(one, texts));
      reply(readers, lines.length === 0 ? texts.noReaders : lines.join('\n'));
    });

  reader
    .command('remove')
    .description(help.readerRemove)
    .argument('<login>', help.readerLogin)
    .option('--yes', help.removeYes)
    .action(async (login: string, { yes }: { yes?: boolean }) => {
      if (!yes) throw new Rejection('REMOVAL_UNCONFIRMED', texts.confirmReaderRemoval(login));
      const found = await connection();
      const { portals } = await told(removeReader(found.databaseUrl, login));
      await record(found, 'reader.remove', login, portals);
      reply({ login, status: 'removed' }, texts.readerRemoved(login));
    });
}

/** Ids as they are stored, each once. Throws `Rejection` READER_PORTALS_UNCLEAR, PORTAL_UNKNOWN. */
function portalsOf({ portal, allPortals = false }: AddOptions): string[] | 'all' {
  if (allPortals === portal.length > 0) {
    throw new Rejection(
      'READER_PORTALS_UNCLEAR',
      'Say which portals the login sees: --portal for each of them, or --all-portals for all, later ones too.',
    );
  }
  return allPortals ? 'all' : [...new Set(portal.map(portalIdOf))];
}

/** Throws `Rejection` PASSWORD_FILE_UNREADABLE. */
async function passwordFrom(file: string | undefined, readInput: () => Promise<string>): Promise<string | undefined> {
  if (file === undefined) return undefined;
  if (file === '-') return (await readInput()).trim();
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new Rejection(
      'PASSWORD_FILE_UNREADABLE',
      `The password file ${file} cannot be read. Check its path and who may read it.`,
      { cause: error },
    );
  }
}

/** What was asked of the database, with its failures as sentences. */
async function told<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    throw databaseRejection(error) ?? error;
  }
}

function describeReader({ login, canLogIn, portals }: Reader, texts: Texts): string {
  const seen =
    portals === 'all'
      ? texts.readerSeesAll
      : portals.map(({ portalId, name }) => (name === null ? portalId : `${name} (${portalId})`)).join(', ') ||
        texts.readerSeesNothing;
  return `${login}  ${seen}${canLogIn ? '' : `  ${texts.readerCannotLogIn}`}`;
}

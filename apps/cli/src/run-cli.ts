import { PortalRegistry } from '@funnelwatch/portals';
import { Command, CommanderError } from 'commander';
import { addAccountCommands } from './account-commands.js';
import { portalNetworkOf } from './check-portal.js';
import { type ConnectionOptions, findConnection, keyOf, withPool } from './connection.js';
import { addEraseCommand } from './erase-command.js';
import { addKeyCommand } from './key-command.js';
import { languageOf } from './language.js';
import { addMigrateCommand } from './migrate-command.js';
import { answer, exitCodes, refuse, type Streams } from './output.js';
import { addBackupCommands } from './backup-commands.js';
import { addPortalCommands } from './portal-commands.js';
import { addQuarantineCommands } from './quarantine-commands.js';
import { addReaderCommands } from './reader-commands.js';
import { addRebuildCommand } from './rebuild-commands.js';
import { describeStatus, readStatus } from './read-status.js';
import { textsIn } from './texts.js';
import { addVerifyCommand } from './verify-command.js';

export interface CliSurroundings extends Streams {
  environment: Record<string, string | undefined>;
  now: () => Date;
  version: string;
  /** The whole standard input, read when an argument is `-`. */
  readInput: () => Promise<string>;
}

interface GlobalOptions extends ConnectionOptions {
  json?: boolean;
}

/** Runs one command line and returns the exit code; what is neither an answer nor an expected failure is thrown. */
export async function runCli(argv: string[], surroundings: CliSurroundings): Promise<number> {
  const { environment } = surroundings;
  const language = languageOf(argv, environment);
  const texts = textsIn(language);
  const { help } = texts;
  const program = new Command('funnelwatch')
    .description(texts.summary)
    .version(surroundings.version)
    .option('--database-url <url>', help.databaseUrl)
    .option('--key-file <path>', help.keyFile)
    .option('--data <folder>', help.data)
    .option('--json', help.json)
    .option('--lang <language>', help.lang)
    .exitOverride()
    .configureOutput({ writeOut: surroundings.out, writeErr: surroundings.error })
    .showHelpAfterError();
  const globals = (): GlobalOptions => program.opts<GlobalOptions>();
  const connection = () => findConnection(globals(), environment);
  const reply = (value: unknown, text: string): void => answer(surroundings, globals().json ?? false, value, text);
  let exitCode: number = exitCodes.ok;
  const webhookFrom = async (argument: string): Promise<string> =>
    argument === '-' ? (await surroundings.readInput()).trim() : argument;

  addPortalCommands(program, texts, {
    connection,
    now: surroundings.now,
    reply,
    webhookFrom,
    portalNetwork: () => portalNetworkOf(environment),
  });

  program
    .command('status')
    .description(help.status)
    .action(async () => {
      const found = await connection();
      const key = await keyOf(found);
      const reports = await withPool(found, async (pool) =>
        readStatus(pool, await new PortalRegistry(pool, key).list()),
      );
      const lines = reports.map((report) => describeStatus(report, texts, surroundings.now()));
      reply(reports, lines.length === 0 ? texts.noPortals : lines.join('\n'));
    });

  addAccountCommands(program, texts, { connection, now: surroundings.now, reply });
  addReaderCommands(program, texts, { connection, now: surroundings.now, reply, readInput: surroundings.readInput });
  addMigrateCommand(program, texts, surroundings, connection, reply);

  const progress = (text: string): void => {
    if (!globals().json) surroundings.error(`${text}\n`);
  };
  addVerifyCommand(program, texts, {
    connection,
    now: surroundings.now,
    reply,
    progress,
    fail: () => (exitCode = exitCodes.failed),
  });
  addBackupCommands(program, texts, { connection, now: surroundings.now, reply, progress });
  addKeyCommand(program, texts, { connection, now: surroundings.now, reply });
  addRebuildCommand(program, texts, { connection, reply, progress });
  addEraseCommand(program, texts, { connection, reply });
  addQuarantineCommands(program, texts, connection, reply);

  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.misused;
    return refuse(surroundings, globals().json ?? false, language, error);
  }
}

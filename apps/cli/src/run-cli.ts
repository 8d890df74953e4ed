import { confirmDeletions } from '@funnelwatch/capture';
import { PostgresEventLog } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { PortalRegistry } from '@funnelwatch/portals';
import { Command, CommanderError } from 'commander';
import { checkPortal, describeProbe } from './check-portal.js';
import { type ConnectionOptions, findConnection, keyOf, withPool } from './connection.js';
import { addEraseCommand } from './erase-command.js';
import { languageOf } from './language.js';
import { addMigrateCommand } from './migrate-command.js';
import { answer, exitCodes, refuse, type Streams } from './output.js';
import { addBackupCommands } from './backup-commands.js';
import { addQuarantineCommands } from './quarantine-commands.js';
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

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

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

  const portal = program.command('portal').description(help.portal);
  portal
    .command('check')
    .description(help.check)
    .argument('<webhook>', help.webhook)
    .action(async (webhook: string) => {
      const probe = await checkPortal(await webhookFrom(webhook), environment['FUNNELWATCH_PORTAL_CA']);
      reply(probe, describeProbe(probe, texts));
    });
  portal
    .command('add')
    .description(help.add)
    .argument('<webhook>', help.webhook)
    .option('--name <name>', help.name)
    .option('--zone <zone>', help.zone)
    .action(async (webhook: string, options: { name?: string; zone?: string }) => {
      const found = await connection();
      const key = await keyOf(found);
      const webhookUrl = await webhookFrom(webhook);
      const probe = await checkPortal(webhookUrl, environment['FUNNELWATCH_PORTAL_CA']);
      const added = await withPool(found, (pool) => new PortalRegistry(pool, key).register({ webhookUrl, ...options }));
      reply({ ...added, probe }, `${describeProbe(probe, texts)}\n${texts.portalAdded(added.host, added.portalId)}`);
    });
  portal
    .command('list')
    .description(help.list)
    .action(async () => {
      const found = await connection();
      const key = await keyOf(found);
      const portals = await withPool(found, (pool) => new PortalRegistry(pool, key).list());
      const lines = portals.map(
        ({ portalId, name, host, status, connectionState, connectionMessage }) =>
          `${portalId}  ${name}  ${host}  ${texts.status[status]}, ${texts.connection[connectionState]}${connectionMessage === null ? '' : `: ${connectionMessage}`}`,
      );
      reply(portals, lines.length === 0 ? texts.noPortals : lines.join('\n'));
    });

  portal
    .command('confirm-deletions')
    .description(help.confirmDeletions)
    .argument('<portal>', help.portalId)
    .action(async (portalId: string) => {
      const found = await connection();
      const key = await keyOf(found);
      const confirmed = await withPool(found, async (pool) => {
        const address = UUID.test(portalId) ? await new PortalRegistry(pool, key).get(portalId) : null;
        if (!address) throw new Rejection('PORTAL_UNKNOWN', `There is no portal ${portalId}.`);
        const log = new PostgresEventLog(pool);
        const kinds = await confirmDeletions({ pool, log }, address, surroundings.now());
        await log.close();
        return kinds;
      });
      const lines = confirmed.map(({ kind, missing }) => texts.deletionsConfirmed(kind, missing));
      reply(confirmed, lines.length === 0 ? texts.nothingInDoubt : lines.join('\n'));
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

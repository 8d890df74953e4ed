import { confirmDeletions } from '@funnelwatch/capture';
import { PostgresEventLog } from '@funnelwatch/event-log';
import { Audit } from '@funnelwatch/identity';
import { Rejection } from '@funnelwatch/kernel';
import { PortalRegistry, type PortalSettings, type RegisteredPortal } from '@funnelwatch/portals';
import type { Command } from 'commander';
import { checkPortal, describeProbe, type PortalNetwork } from './check-portal.js';
import { type Connection, keyOf, type Pool, withPool } from './connection.js';
import { findPortal } from './find-portal.js';
import type { Texts } from './texts.js';

interface Surroundings {
  connection: () => Promise<Connection>;
  now: () => Date;
  reply: (value: unknown, text: string) => void;
  /** A webhook as an argument, or from the standard input for `-`: arguments are seen by others on the machine. */
  webhookFrom: (argument: string) => Promise<string>;
  portalNetwork: () => PortalNetwork;
}

interface SettingOptions {
  name?: string;
  zone?: string;
  language?: string;
  days?: string;
  hours?: string;
}

/** `portal check | add | list | set | webhook | pause | resume | remove | confirm-deletions`. */
export function addPortalCommands(program: Command, texts: Texts, surroundings: Surroundings): void {
  const { connection, reply, webhookFrom, portalNetwork } = surroundings;
  const { help } = texts;
  const inRegistry = async <Result>(work: (registry: PortalRegistry, pool: Pool) => Promise<Result>) => {
    const found = await connection();
    const key = await keyOf(found);
    return withPool(found, (pool) => work(new PortalRegistry(pool, key), pool));
  };
  const recorded = async (pool: Pool, action: string, { portalId }: { portalId: string }): Promise<void> =>
    new Audit(pool, { now: surroundings.now }).record({
      ...{ accountId: null, actor: 'command line', action, portalId, object: null, address: null, result: 'done' },
    });
  const portal = program.command('portal').description(help.portal);

  portal
    .command('check')
    .description(help.check)
    .argument('<webhook>', help.webhook)
    .action(async (webhook: string) => {
      const probe = await checkPortal(await webhookFrom(webhook), portalNetwork());
      reply(probe, describeProbe(probe, texts));
    });

  portal
    .command('add')
    .description(help.add)
    .argument('<webhook>', help.webhook)
    .option('--name <name>', help.name)
    .option('--zone <zone>', help.zone)
    .action(async (webhook: string, options: { name?: string; zone?: string }) => {
      const webhookUrl = await webhookFrom(webhook);
      const { probe, added } = await inRegistry(async (registry, pool) => {
        const found = await checkPortal(webhookUrl, portalNetwork());
        const registered = await registry.register({ webhookUrl, ...options });
        await recorded(pool, 'portal.register', registered);
        return { probe: found, added: registered };
      });
      reply({ ...added, probe }, `${describeProbe(probe, texts)}\n${texts.portalAdded(added.host, added.portalId)}`);
    });

  portal
    .command('list')
    .description(help.list)
    .action(async () => {
      const portals = await inRegistry((registry) => registry.list());
      const lines = portals.map((one) => describePortal(one, texts));
      reply(portals, lines.length === 0 ? texts.noPortals : lines.join('\n'));
    });

  portal
    .command('set')
    .description(help.set)
    .argument('<portal>', help.portalId)
    .option('--name <name>', help.name)
    .option('--zone <zone>', help.zone)
    .option('--language <language>', help.language)
    .option('--days <days>', help.days)
    .option('--hours <hours>', help.hours)
    .action(async (id: string, options: SettingOptions) => {
      const changed = await inRegistry(async (registry, pool) => {
        const known = await findPortal(registry, id);
        const settings = settingsFrom(options, known);
        const set = await registry.changeSettings(known.portalId, known.settingsVersion, settings);
        await recorded(pool, 'portal.change', known);
        return set;
      });
      reply(changed, texts.portalSet(changed));
    });

  portal
    .command('webhook')
    .description(help.newWebhook)
    .argument('<portal>', help.portalId)
    .argument('<webhook>', help.webhook)
    .action(async (id: string, webhook: string) => {
      const webhookUrl = await webhookFrom(webhook);
      const { probe, changed } = await inRegistry(async (registry, pool) => {
        const known = await findPortal(registry, id);
        const found = await checkPortal(webhookUrl, portalNetwork());
        const replaced = await registry.replaceWebhook(known.portalId, webhookUrl);
        await recorded(pool, 'portal.replaceWebhook', known);
        return { probe: found, changed: replaced };
      });
      reply({ ...changed, probe }, `${describeProbe(probe, texts)}\n${texts.webhookReplaced(changed.name)}`);
    });

  for (const [command, status, said] of [
    ['pause', 'paused', texts.portalPaused],
    ['resume', 'active', texts.portalResumed],
  ] as const) {
    portal
      .command(command)
      .description(help[command])
      .argument('<portal>', help.portalId)
      .action(async (id: string) => {
        const changed = await inRegistry(async (registry, pool) => {
          const switched = await registry.setStatus((await findPortal(registry, id)).portalId, status);
          await recorded(pool, `portal.${command}`, switched);
          return switched;
        });
        reply(changed, said(changed.name));
      });
  }

  portal
    .command('remove')
    .description(help.remove)
    .argument('<portal>', help.portalId)
    .option('--yes', help.removeYes)
    .action(async (id: string, { yes }: { yes?: boolean }) => {
      const removed = await inRegistry(async (registry, pool) => {
        const known = await findPortal(registry, id);
        if (!yes) throw new Rejection('REMOVAL_UNCONFIRMED', texts.confirmRemoval(known.name, known.host));
        await registry.remove(known.portalId);
        await recorded(pool, 'portal.remove', known);
        return known;
      });
      reply({ portalId: removed.portalId, status: 'removed' }, texts.portalRemoved(removed.name));
    });

  portal
    .command('confirm-deletions')
    .description(help.confirmDeletions)
    .argument('<portal>', help.portalId)
    .action(async (id: string) => {
      const confirmed = await inRegistry(async (registry, pool) => {
        const address = await findPortal(registry, id);
        const log = new PostgresEventLog(pool);
        const kinds = await confirmDeletions({ pool, log }, address, surroundings.now());
        await log.close();
        return kinds;
      });
      const lines = confirmed.map(({ kind, missing }) => texts.deletionsConfirmed(kind, missing));
      reply(confirmed, lines.length === 0 ? texts.nothingInDoubt : lines.join('\n'));
    });
}

function describePortal(portal: RegisteredPortal, texts: Texts): string {
  const { portalId, name, host, status, connectionState, connectionMessage } = portal;
  const reason = connectionMessage === null ? '' : `: ${connectionMessage}`;
  return `${portalId}  ${name}  ${host}  ${texts.status[status]}, ${texts.connection[connectionState]}${reason}`;
}

/** Throws `Rejection` NOTHING_TO_SET, LANGUAGE_UNKNOWN or WORKING_HOURS_INVALID. */
function settingsFrom(options: SettingOptions, known: RegisteredPortal): PortalSettings {
  const { name, zone, language, days, hours } = options;
  if (Object.values(options).every((value) => value === undefined)) {
    throw new Rejection('NOTHING_TO_SET', 'Say what to set: --name, --zone, --language, --days or --hours.');
  }
  if (language !== undefined && language !== 'ru' && language !== 'en') {
    throw new Rejection('LANGUAGE_UNKNOWN', 'Funnelwatch speaks ru and en.');
  }
  const isTimed = days !== undefined || hours !== undefined;
  const [from = '', to = ''] = hours?.split('-') ?? [known.workingHours.from, known.workingHours.to];
  const workingHours = { days: days === undefined ? known.workingHours.days : daysFrom(days), from, to };
  return {
    ...(name === undefined ? {} : { name }),
    ...(zone === undefined ? {} : { zone }),
    ...(language === undefined ? {} : { language }),
    ...(isTimed ? { workingHours } : {}),
  };
}

/** `1-5,7` as days of the week; what is none is left for the registry to refuse. */
function daysFrom(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map(Number);
    if (first === undefined || last === undefined || !(last - first <= 6)) return [0];
    return Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
  });
}

import { listQuarantine, type QuarantinedEvent, requestRetry, requestRetryOfAll } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import type { Command } from 'commander';
import { type Connection, withPool } from './connection.js';
import { describeQuarantine } from './describe-quarantine.js';
import { portalIdOf } from './find-portal.js';
import type { Texts } from './texts.js';

const PAGE = 500;

interface Filter {
  projection?: string;
  portal?: string;
}

/** `quarantine list` and `quarantine retry`. */
export function addQuarantineCommands(
  program: Command,
  texts: Texts,
  connection: () => Promise<Connection>,
  reply: (value: unknown, text: string) => void,
): void {
  const { help } = texts;
  const quarantine = program.command('quarantine').description(help.quarantine);
  quarantine
    .command('list')
    .description(help.quarantineList)
    .option('--projection <name>', help.projection)
    .option('--portal <id>', help.portalId)
    .action(async (filter: Filter) => {
      const events = await withPool(await connection(), async (pool) => {
        const all: QuarantinedEvent[] = [];
        for (;;) {
          const page = await listQuarantine(pool, filterOf(filter), { afterId: all.at(-1)?.id, limit: PAGE });
          all.push(...page);
          if (page.length < PAGE) return all;
        }
      });
      reply(events, describeQuarantine(events, texts));
    });
  quarantine
    .command('retry')
    .description(help.quarantineRetry)
    .argument('[id]', help.quarantineId)
    .option('--all', help.all)
    .option('--projection <name>', help.projection)
    .option('--portal <id>', help.portalId)
    .action(async (id: string | undefined, options: Filter & { all?: boolean }) => {
      if ((id === undefined) === (options.all !== true)) {
        throw new Rejection('QUARANTINE_RETRY_UNCLEAR', 'Say which event to try again: its number, or --all.');
      }
      const requested = await withPool(await connection(), (pool) =>
        id === undefined ? requestRetryOfAll(pool, filterOf(options)) : requestRetry(pool, numberOf(id)),
      );
      reply(requested, requested.events === 0 ? texts.quarantineEmpty : texts.retryRequested(requested.events));
    });
}

function filterOf({ projection, portal }: Filter) {
  return { projection, portalId: portal === undefined ? undefined : portalIdOf(portal) };
}

function numberOf(id: string): number {
  if (/^\d{1,15}$/.test(id)) return Number(id);
  throw new Rejection('QUARANTINED_EVENT_UNKNOWN', `"${id}" is no number of an event in quarantine.`);
}

import { setTimeout as sleep } from 'node:timers/promises';
import {
  dropGeneration,
  listRebuilds,
  type RebuildView,
  requestRebuild,
  switchGeneration,
} from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Connection, keyOf, type Pool, withPool } from './connection.js';
import { describeProgress, describeRebuilds } from './describe-rebuilds.js';
import { catalogue, readModelOf } from './read-models.js';
import { CONNECTIONS_OF_PART, rebuildPart } from './rebuild-portal-command.js';
import type { Texts } from './texts.js';

interface RebuildOptions {
  rate?: number;
  detach?: boolean;
  status?: boolean;
  cancel?: boolean;
  rollBack?: boolean;
  drop?: number;
  portal?: string;
  stream?: string;
}

interface RebuildSurroundings {
  connection: () => Promise<Connection>;
  reply: (value: unknown, text: string) => void;
  /** Tells how far it is, without ending the answer. */
  progress: (text: string) => void;
}

/** What is said of the read model as a whole. */
const OF_THE_WHOLE = ['rate', 'detach', 'status', 'cancel', 'rollBack', 'drop'];

const LOOK_EVERY_MS = 1_000;

/** `rebuild <read model>`. */
export function addRebuildCommand(program: Command, texts: Texts, surroundings: RebuildSurroundings): void {
  const { help } = texts;
  program
    .command('rebuild')
    .description(help.rebuild)
    .argument('<read-model>', help.readModel)
    .option('--rate <events>', help.rebuildRate, positive)
    .option('--detach', help.rebuildDetach)
    .option('--status', help.rebuildStatus)
    .option('--cancel', help.rebuildCancel)
    .option('--roll-back', help.rebuildRollBack)
    .option('--drop <generation>', help.rebuildDrop, positive)
    .addOption(new Option('--portal <id>', help.rebuildPortal).conflicts(OF_THE_WHOLE))
    .addOption(new Option('--stream <id>', help.rebuildStream).conflicts(OF_THE_WHOLE))
    .action(async (name: string, options: RebuildOptions) => {
      const found = await surroundings.connection();
      const key = await keyOf(found);
      await withPool(found, (pool) => rebuild(pool, key, name, options, texts, surroundings), CONNECTIONS_OF_PART);
    });
}

async function rebuild(
  pool: Pool,
  key: Buffer,
  name: string,
  options: RebuildOptions,
  texts: Texts,
  { reply, progress }: RebuildSurroundings,
): Promise<void> {
  const model = readModelOf(name, pool, key);
  const show = async (): Promise<void> => {
    const rebuilds = await listRebuilds(pool, name);
    reply(rebuilds, describeRebuilds(rebuilds, texts));
  };
  if (options.portal !== undefined) {
    const { portal, stream } = options;
    return rebuildPart(pool, key, model, { portal, stream }, { texts, reply, progress });
  }
  if (options.stream !== undefined) {
    throw new Rejection('REBUILD_PORTAL_NOT_TOLD', 'Say of which portal the stream is: --portal <id>.');
  }
  if (options.status) return show();
  if (options.drop !== undefined) {
    await dropGeneration(pool, name, options.drop);
    return show();
  }
  if (options.cancel) {
    const building = await only(pool, name, 'building');
    await dropGeneration(pool, name, building.generation);
    return show();
  }
  if (options.rollBack) {
    const { generation } = await only(pool, name, 'retired');
    const outcome = await switchGeneration({ pool, model, catalogue, generation });
    if (outcome.outcome === 'switched') return show();
    throw new Rejection('SWITCH_POSTPONED', texts.switchPostponed('reason' in outcome ? outcome.reason : ''));
  }
  const generation = await requestRebuild(pool, model, { mostEventsPerSecond: options.rate });
  if (options.detach) return show();
  for (;;) {
    const now = (await listRebuilds(pool, name)).find((known) => known.generation === generation);
    if (now?.state !== 'building') {
      if (now?.state === 'serving') return show();
      throw new Rejection('REBUILD_DIFFERS', texts.rebuildDiffers(now?.failure ?? ''));
    }
    progress(`${describeProgress(now, texts)}${now.postponed === null ? '' : `  (${now.postponed})`}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** The newest generation in a state. Throws `Rejection` GENERATION_UNKNOWN. */
async function only(pool: Pool, name: string, state: RebuildView['state']): Promise<RebuildView> {
  const found = (await listRebuilds(pool, name)).find((rebuild) => rebuild.state === state);
  if (found) return found;
  throw new Rejection('GENERATION_UNKNOWN', `${name} has no generation that is ${state}.`);
}

function positive(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number above 0.');
}

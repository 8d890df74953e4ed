import { readLastCertificate } from '@funnelwatch/capture';
import {
  type ProjectionLag,
  readProjectionLag,
  type ReadModelVerification,
  type Verification,
  verifyLog,
  verifyReadModel,
} from '@funnelwatch/event-log';
import { PortalRegistry } from '@funnelwatch/portals';
import { type Command, InvalidArgumentError } from 'commander';
import { type Connection, keyOf, type Pool, withPool } from './connection.js';
import { describeVerification } from './describe-verification.js';
import { catalogue, readModelOf } from './read-models.js';
import type { Texts } from './texts.js';

/** A replay holds a scratch schema and a transaction, and asks for keys beside them. */
const CONNECTIONS = 4;

interface VerifyOptions {
  bucket?: number;
  new?: boolean;
  readModels?: boolean;
}

interface VerifySurroundings {
  connection: () => Promise<Connection>;
  now: () => Date;
  reply: (value: unknown, text: string) => void;
  progress: (text: string) => void;
  /** Something is wrong: the command must not end well. */
  fail: () => void;
}

/** What `verify` found; `isIntact` is false when anything but age is wrong. */
export interface Verified extends Verification {
  /** Checkpoints ahead of the log, or of buckets that cannot go on. */
  checkpoints: ProjectionLag[];
  certificates: { portalId: string; name: string; certifiedAt: string | null; ageSeconds: number | null }[];
  /** Compared on request only. */
  readModels: ReadModelVerification[];
}

/** `verify`: the log against itself, checkpoints against the log, the age of certificates, read models on request. */
export function addVerifyCommand(program: Command, texts: Texts, surroundings: VerifySurroundings): void {
  const { help } = texts;
  program
    .command('verify')
    .description(help.verify)
    .option('--bucket <number>', help.bucket, wholeNumber)
    .option('--new', help.new)
    .option('--read-models', help.verifyReadModels)
    .action(async (options: VerifyOptions) => {
      const found = await surroundings.connection();
      // The log can be proven without the key file; names of portals and read models need it.
      const key = found.keyFile === null && !options.readModels ? null : await keyOf(found);
      const verified = await withPool(found, (pool) => verify(pool, key, options, surroundings), CONNECTIONS);
      if (!verified.isIntact) surroundings.fail();
      surroundings.reply(verified, describeVerification(verified, texts));
    });
}

async function verify(
  pool: Pool,
  key: Buffer | null,
  { bucket, new: isNewOnly, readModels: withReadModels }: VerifyOptions,
  { now, progress }: VerifySurroundings,
): Promise<Verified> {
  const log = await verifyLog(pool, { bucket, from: isNewOnly ? undefined : 1 });
  const lags = await readProjectionLag(pool);
  const checkpoints = lags.filter(({ position, head, status }) => position > head || status === 'stopped');
  const certificates = key === null ? [] : await readCertificates(pool, key, now());
  const readModels: ReadModelVerification[] = [];
  if (withReadModels && key !== null) {
    const model = readModelOf('funnel', pool, key);
    const onProgress = (_: unknown, { done, total }: { done: number; total: number }): void =>
      progress(`${model.name}: ${done}/${total}`);
    readModels.push(await verifyReadModel({ pool, model, catalogue, onProgress }));
  }
  const isIntact = log.isIntact && checkpoints.length === 0 && readModels.every((model) => model.isIntact);
  return { ...log, isIntact, checkpoints, certificates, readModels };
}

async function readCertificates(pool: Pool, key: Buffer, now: Date): Promise<Verified['certificates']> {
  const portals = await new PortalRegistry(pool, key).list();
  return Promise.all(
    portals.map(async ({ portalId, name }) => {
      const certifiedAt = (await readLastCertificate(pool, portalId))?.certifiedAt ?? null;
      const ageSeconds = certifiedAt === null ? null : Math.max(0, (now.getTime() - Date.parse(certifiedAt)) / 1_000);
      return { portalId, name, certifiedAt, ageSeconds };
    }),
  );
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

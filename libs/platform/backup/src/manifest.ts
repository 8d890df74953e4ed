import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

export const BACKUP_FORMAT = 1;
export const MANIFEST_FILE = 'manifest.json';
/** Who was erased, newest state: one JSON object a line. */
export const ERASURES_FILE = 'erasures.jsonl';

const tableSchema = z.object({
  table: z.string().regex(/^[a-z_]+\.[a-z_0-9]+$/),
  columns: z.array(z.string().regex(/^[a-z_0-9]+$/i)).min(1),
  file: z.string().regex(/^[a-z_0-9.]+$/),
  rows: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().length(64),
});
export type CopiedTable = z.infer<typeof tableSchema>;

const manifestSchema = z.object({
  format: z.number().int().positive(),
  madeAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  /** Last position and end of the hash chain of every bucket. */
  heads: z.array(z.object({ bucket: z.number().int(), position: z.number().int(), hash: z.string() })),
  tables: z.array(tableSchema),
  /** Name of the folder of the keys that belong to it. */
  keys: z.string(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * The manifest of a folder, with every file that it names checked against its length and SHA-256.
 * Throws `Rejection` BACKUP_UNREADABLE, BACKUP_NEWER or BACKUP_DAMAGED.
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch((error: unknown) => {
    throw new Rejection('BACKUP_UNREADABLE', `${folder} holds no finished backup: it has no ${MANIFEST_FILE}.`, {
      cause: error,
    });
  });
  let manifest: Manifest;
  try {
    const raw = JSON.parse(text) as { format?: unknown };
    if (typeof raw.format === 'number' && raw.format > BACKUP_FORMAT) {
      throw new Rejection('BACKUP_NEWER', `${folder} was written by a newer Funnelwatch. Restore it with that one.`);
    }
    manifest = manifestSchema.parse(raw);
  } catch (error) {
    if (error instanceof Rejection) throw error;
    throw damaged(folder, MANIFEST_FILE, error);
  }
  for (const { file, sha256 } of manifest.tables) {
    const found = await sha256Of(join(folder, file)).catch((error: unknown) => {
      throw damaged(folder, file, error);
    });
    if (found !== sha256) throw damaged(folder, file);
  }
  return manifest;
}

function damaged(folder: string, file: string, cause?: unknown): Rejection {
  return new Rejection(
    'BACKUP_DAMAGED',
    `The backup in ${folder} is damaged: ${file} is missing or not as it was written. Nothing was restored.`,
    { cause, details: { file } },
  );
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

const identitySchema = z.object({
  memberId: z.string(),
  code: z.string(),
  company: z.string(),
  seed: z.number(),
  deals: z.number().nullable(),
  months: z.number().nullable(),
  history: z.enum(['full', 'none']),
  /** Where the history ends, milliseconds. */
  anchorMs: z.number().nullable(),
  clock: z.object({
    portalMs: z.number(),
    wallMs: z.number(),
    speed: z.number(),
    stopAtMs: z.number().nullable(),
  }),
});

/** What makes a portal the same one after a restart. */
export type PortalIdentity = z.output<typeof identitySchema>;

const fileName = 'portal.json';

/** The identity kept in a folder, or null when the folder holds none yet. Throws when it cannot be read. */
export function readIdentity(folder: string): PortalIdentity | null {
  const path = join(folder, fileName);
  if (!existsSync(path)) return null;
  try {
    return identitySchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new Rejection(
      'PORTAL_STATE_DAMAGED',
      `${path} is damaged. Name another folder with --state-dir, or empty this one.`,
      {
        cause: error,
      },
    );
  }
}

/** Keeps the identity; a kill in the middle leaves the previous one. */
export function writeIdentity(folder: string, identity: PortalIdentity): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, fileName);
  writeFileSync(`${path}.new`, `${JSON.stringify(identity, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** A webhook code that nobody can guess. */
export function newWebhookCode(): string {
  return randomBytes(12).toString('base64url').replaceAll(/[-_]/g, '0').toLowerCase();
}

export function newMemberId(): string {
  return randomBytes(16).toString('hex');
}

import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';
import { decodeKey, readKeyFile } from './key-file.js';

/** Where the master key comes from, to be spread into a program's schema; `refine(...oneMasterKey)` asks for one of both. */
export const masterKeySettings = {
  /** File that holds 32 bytes in base64. */
  FUNNELWATCH_KEY_FILE: z.string().optional(),
  /** The key itself, in base64, where secrets are handed over in the environment. */
  FUNNELWATCH_KEY: z.string().optional(),
};

export interface MasterKeySettings {
  FUNNELWATCH_KEY_FILE?: string | undefined;
  FUNNELWATCH_KEY?: string | undefined;
}

/** Arguments of `refine`: exactly one of both settings is there. */
export const oneMasterKey = [
  (settings: unknown) => {
    const { FUNNELWATCH_KEY_FILE, FUNNELWATCH_KEY } = settings as MasterKeySettings;
    return (FUNNELWATCH_KEY_FILE === undefined) !== (FUNNELWATCH_KEY === undefined);
  },
  {
    path: ['FUNNELWATCH_KEY_FILE'],
    error: 'name the file of the master key here, or give the key itself in FUNNELWATCH_KEY: exactly one of both',
    // Also where other settings are wrong, so that all problems are named at once.
    when: () => true,
  },
] as const satisfies Parameters<z.ZodObject['refine']>;

/**
 * The master key, from its file or from the environment. Throws `Rejection` KEY_FILE_MISSING, KEY_FILE_INVALID,
 * KEY_INVALID, KEY_TOLD_TWICE or KEY_NOT_TOLD.
 */
export async function readMasterKey({ FUNNELWATCH_KEY_FILE, FUNNELWATCH_KEY }: MasterKeySettings): Promise<Buffer> {
  if (FUNNELWATCH_KEY_FILE && FUNNELWATCH_KEY) {
    throw new Rejection(
      'KEY_TOLD_TWICE',
      'The master key is told twice. Set FUNNELWATCH_KEY_FILE or FUNNELWATCH_KEY, and take the other away.',
    );
  }
  if (FUNNELWATCH_KEY_FILE) return readKeyFile(FUNNELWATCH_KEY_FILE);
  if (!FUNNELWATCH_KEY) {
    throw new Rejection('KEY_NOT_TOLD', 'The master key is not told. Set FUNNELWATCH_KEY_FILE, or FUNNELWATCH_KEY.');
  }
  const key = decodeKey(FUNNELWATCH_KEY);
  if (key) return key;
  throw new Rejection(
    'KEY_INVALID',
    'FUNNELWATCH_KEY does not hold 32 bytes in base64. Set it to what stands in your copy of the key file.',
  );
}

import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';

const KEY_BYTES = 32;
const BASE64_OF_KEY = /^[A-Za-z0-9+/]{43}=$/;

/**
 * The 32-byte master key from a file that holds it as base64.
 * Throws `Rejection` KEY_FILE_MISSING or KEY_FILE_INVALID.
 */
export async function readKeyFile(path: string): Promise<Buffer> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      throw new Rejection(
        'KEY_FILE_MISSING',
        `The key file ${path} does not exist. Restore it from your backup: what is encrypted under it cannot be read without it. For a new installation create it with: (umask 077; openssl rand -base64 32 > ${path})`,
        { cause: error },
      );
    }
    throw invalid(path, `cannot be read (${codeOf(error) ?? 'unknown error'})`, error);
  }
  const key = decodeKey(text);
  if (!key) throw invalid(path, 'does not hold 32 bytes in base64');
  return key;
}

/** 32 bytes from base64; null when the text is anything else. */
export function decodeKey(text: string): Buffer | null {
  return BASE64_OF_KEY.test(text.trim()) ? Buffer.from(text.trim(), 'base64') : null;
}

/**
 * Creates a key file readable by its owner only and returns the new key. The file appears complete or not at all, and
 * an existing one is never touched: Throws `Rejection` KEY_FILE_EXISTS.
 */
export async function createKeyFile(path: string): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const key = randomBytes(KEY_BYTES);
  const draft = `${path}.${randomBytes(6).toString('hex')}.new`;
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${key.toString('base64')}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    // A hard link fails when the name is taken, which a rename would silently replace.
    await link(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new Rejection('KEY_FILE_EXISTS', `The key file ${path} exists already and was left as it is.`, {
      cause: error,
    });
  } finally {
    await unlink(draft);
  }
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
  return key;
}

function invalid(path: string, what: string, cause?: unknown): Rejection {
  return new Rejection(
    'KEY_FILE_INVALID',
    `The key file ${path} ${what}. Restore it from your backup, or point FUNNELWATCH_KEY_FILE to the right file.`,
    { cause },
  );
}

function codeOf(error: unknown): string | undefined {
  // Not `instanceof Error`: errors of the file system may come from another realm.
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

import { chmod, chown, link, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Rejection } from '@funnelwatch/kernel';
import { createKeyFile, readKeyFile } from './key-file.js';

/** Where the key lies that is to take over, until it does. */
const nextKeyFileOf = (keyFile: string): string => `${keyFile}.next`;

/** The key that is to take over; null when none was made. Throws `Rejection` KEY_FILE_INVALID. */
export async function readNextKey(keyFile: string): Promise<Buffer | null> {
  try {
    return await readKeyFile(nextKeyFileOf(keyFile));
  } catch (error) {
    if (error instanceof Rejection && error.code === 'KEY_FILE_MISSING') return null;
    throw error;
  }
}

/**
 * The key that is to take over, made unless it is there: on the disk for good, with the rights and the owner of the present
 * file. Throws `Rejection` KEY_FILE_UNWRITABLE or KEY_FILE_INVALID.
 */
export async function prepareNextKey(keyFile: string): Promise<Buffer> {
  const path = nextKeyFileOf(keyFile);
  try {
    const key = (await readNextKey(keyFile)) ?? (await createKeyFile(path));
    const present = await stat(keyFile);
    const made = await stat(path);
    // Programs that may read the present file must be able to read this one.
    if (made.uid !== present.uid || made.gid !== present.gid) await chown(path, present.uid, present.gid);
    await chmod(path, present.mode & 0o777);
    return key;
  } catch (error) {
    throw unwritable(keyFile, error);
  }
}

/**
 * Lets the next key take over: the present file is kept under a name with the date, and the file with its name holds the
 * next key from one moment to the other. May be repeated after an interruption. Returns the path of the kept one.
 * Throws `Rejection` KEY_FILE_UNWRITABLE.
 */
export async function adoptNextKey(keyFile: string, now: Date, onKept?: () => void | Promise<void>): Promise<string> {
  try {
    const kept = await keep(keyFile, `${keyFile}.until-${now.toISOString().slice(0, 10)}`);
    await syncFolderOf(keyFile);
    await onKept?.();
    await rename(nextKeyFileOf(keyFile), keyFile);
    await syncFolderOf(keyFile);
    return kept;
  } catch (error) {
    throw unwritable(keyFile, error);
  }
}

async function keep(keyFile: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? name : `${name}-${number}`;
    try {
      await link(keyFile, path);
      return path;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      if ((await readFile(path)).equals(await readFile(keyFile))) return path;
    }
  }
}

async function syncFolderOf(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}

function unwritable(keyFile: string, error: unknown): unknown {
  if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(codeOf(error) ?? '')) return error;
  return new Rejection(
    'KEY_FILE_UNWRITABLE',
    `The new key cannot be written beside ${keyFile} with its rights (${codeOf(error) ?? ''}). Run the command as the owner of that file, with its folder writable and room on the disk; then run it again.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';

/** Where everything that ends in .json is generated: what nothing generates any more goes. */
const OWNED = ['dashboards', 'provisioning/alerting'];

export type Difference = { path: string; is: 'different' | 'missing' | 'superfluous' };

const isNotThere = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function contentOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

/** Files below a folder, by their paths from `root` with slashes; none where it is not there. */
async function filesBelow(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
      .map((entry) => posix.join(...entry.parentPath.slice(root.length + 1).split(/[\\/]/), entry.name));
  } catch (error) {
    if (isNotThere(error)) return [];
    throw error;
  }
}

/**
 * How the files below a folder differ, byte for byte, from what is generated: by their paths there, sorted. Files that are
 * not generated count only where everything is.
 */
export async function differences(root: string, generated: ReadonlyMap<string, string>): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const [path, content] of generated) {
    const held = await contentOf(join(root, path));
    if (held !== content) found.push({ path, is: held === undefined ? 'missing' : 'different' });
  }
  for (const folder of OWNED) {
    for (const path of await filesBelow(root, folder)) {
      if (!generated.has(path)) found.push({ path, is: 'superfluous' });
    }
  }
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/** Writes what is generated and removes what no longer is. Resolves with what was done; files that are right are not touched. */
export async function writeFiles(root: string, generated: ReadonlyMap<string, string>): Promise<Difference[]> {
  const found = await differences(root, generated);
  for (const { path, is } of found) {
    const target = join(root, path);
    if (is === 'superfluous') {
      await rm(target);
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, generated.get(path) ?? '');
  }
  return found;
}

import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of the spec's own. PostgreSQL runs as another user when the tests run as root, and must be able to enter. */
export async function createTestFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `funnelwatch-${name}-`));
  await chmod(folder, 0o755);
  return folder;
}

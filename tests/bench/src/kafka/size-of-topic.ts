import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of the segments of a topic in the folder of a broker; indexes are preallocated and do not count. */
export async function sizeOfTopic(folder: string, topic: string): Promise<number> {
  const data = join(folder, 'data');
  let bytes = 0;
  for (const partition of await readdir(data)) {
    if (!partition.startsWith(`${topic}-`)) continue;
    for (const file of await readdir(join(data, partition))) {
      if (file.endsWith('.log')) bytes += (await stat(join(data, partition, file))).size;
    }
  }
  return bytes;
}

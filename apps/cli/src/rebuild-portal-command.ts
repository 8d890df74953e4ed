import { rebuildPortal, type ReadModel } from '@funnelwatch/event-log';
import { PortalRegistry } from '@funnelwatch/portals';
import type { Pool } from './connection.js';
import { locatePortal } from './find-portal.js';
import { catalogue } from './read-models.js';
import type { Texts } from './texts.js';

const SAY_EVERY_MS = 1_000;

/** Connections that the work needs at once: the scratch tables, the work itself, the keys. */
export const CONNECTIONS_OF_PART = 4;

interface Part {
  portal: string;
  /** One stream of the portal; all of it unless told. */
  stream?: string | undefined;
}

interface Surroundings {
  texts: Texts;
  reply: (value: unknown, text: string) => void;
  progress: (text: string) => void;
}

/** Makes what serves anew for one portal or stream. Throws `Rejection` PORTAL_UNKNOWN, and what `rebuildPortal` does. */
export async function rebuildPart(
  pool: Pool,
  key: Buffer,
  model: ReadModel,
  part: Part,
  { texts, reply, progress }: Surroundings,
): Promise<void> {
  const portal = await locatePortal(new PortalRegistry(pool, key), part.portal);
  let saidMs = performance.now();
  const rebuilt = await rebuildPortal({
    pool,
    model,
    catalogue,
    portal,
    streamId: part.stream,
    onProgress: ({ done, total }) => {
      if (performance.now() - saidMs < SAY_EVERY_MS) return;
      saidMs = performance.now();
      progress(texts.partProgress(done, total));
    },
  });
  const { events, setAside, heldMs, tookMs } = rebuilt;
  const position = `${portal.bucket}:${rebuilt.position}`;
  reply(
    { events, setAside, position, heldMs: Math.round(heldMs), tookMs: Math.round(tookMs) },
    texts.partRebuilt({ events, setAside, position, heldMs: Math.ceil(heldMs) }),
  );
}

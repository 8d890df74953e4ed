import { parseFactType } from '@funnelwatch/capture-contracts';
import type { JsonObject } from '@funnelwatch/kernel';
import type { ProjectedBatch, SealedTexts } from './funnel-projection.js';

/** Names of employees by event id: the opened texts of one event put together; null when nothing can be read. */
export type OpenedNames = ReadonlyMap<string, JsonObject | null>;

/** Opens the texts of `User…` facts, one request a portal. */
export async function openPersonNames(batch: ProjectedBatch, sealedTexts: SealedTexts): Promise<OpenedNames> {
  const byPortal = new Map<string, { eventId: string; subject: string; text: string }[]>();
  for (const event of batch.events) {
    if (!event.sealed || parseFactType(event.type)?.kind !== 'user') continue;
    const texts = byPortal.get(event.portalId) ?? [];
    for (const [subject, text] of Object.entries(event.sealed)) texts.push({ eventId: event.eventId, subject, text });
    byPortal.set(event.portalId, texts);
  }
  const names = new Map<string, JsonObject | null>();
  for (const [portalId, texts] of byPortal) {
    const opened = await sealedTexts.openMany(
      { portalId, bucket: batch.bucket },
      texts.map(({ subject, text }) => ({ subject, text })),
    );
    texts.forEach(({ eventId }, index) => {
      const fields = opened[index] ?? null;
      const known = names.get(eventId) ?? null;
      names.set(eventId, fields ? { ...known, ...fields } : known);
    });
  }
  return names;
}

import type { CaptureAdvancedData } from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import { canonicalJson, type JsonObject } from '@funnelwatch/kernel';
import type { CaptureTransaction } from '../write/capture-writer.js';

/** Stream of what capture says about itself. */
export const CAPTURE_STREAM = 'capture:portal';

/** Tells the log through which instant of the portal each feed is complete. */
export function appendWatermark(
  unit: CaptureTransaction,
  data: CaptureAdvancedData,
  /** Number of the request that ended the tick: two ticks of one portal second differ by it. */
  request: number,
): void {
  const occurredAt = Object.values(data.through).sort()[0];
  if (occurredAt === undefined) return;
  unit.append({
    eventId: eventIdOf(occurredAt, `${unit.portal.portalId} advanced ${request} ${canonicalJson(data)}`),
    streamId: CAPTURE_STREAM,
    type: 'CaptureAdvanced',
    schemaVersion: 1,
    occurredAt,
    actor: 'system',
    provenance: 'observed',
    data: data as unknown as JsonObject,
  });
}

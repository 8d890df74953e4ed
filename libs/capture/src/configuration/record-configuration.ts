import { createHash } from 'node:crypto';
import type {
  DictionaryConfiguredData,
  PipelinesConfiguredData,
  PipelineObjectKind,
} from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import { canonicalJson, type JsonObject } from '@funnelwatch/kernel';
import type { CaptureTransaction, Sighting } from '../write/capture-writer.js';
import type { PortalConfiguration } from './portal-configuration.js';

interface Part {
  streamId: string;
  type: 'PipelinesConfigured' | 'DictionaryConfigured';
  data: PipelinesConfiguredData | DictionaryConfiguredData;
}

/** Tells the log each part of the configuration that differs from what it was told last. Returns how many did. */
export async function recordConfiguration(
  unit: CaptureTransaction,
  configuration: PortalConfiguration,
  sighting: Sighting,
): Promise<number> {
  const parts = partsOf(configuration);
  const { rows } = await unit.tx.query<{ name: string; version: number; digest: string }>(
    'SELECT name, version, digest FROM capture.configuration WHERE portal_id = $1 ORDER BY name FOR UPDATE',
    [unit.portal.portalId],
  );
  const known = new Map(rows.map((row) => [row.name, row]));
  let changed = 0;
  for (const part of parts) {
    const text = canonicalJson(part.data);
    const digest = createHash('sha256').update(text).digest('hex');
    const before = known.get(part.streamId);
    if (before?.digest === digest) continue;
    const version = (before?.version ?? 0) + 1;
    changed += 1;
    unit.append({
      eventId: eventIdOf(sighting.observedAt, `${unit.portal.portalId} ${part.streamId} ${version} ${digest}`),
      streamId: part.streamId,
      type: part.type,
      schemaVersion: 1,
      occurredAt: sighting.observedAt,
      actor: 'unknown',
      provenance: before ? 'observed' : sighting.provenance,
      data: part.data as unknown as JsonObject,
    });
    await unit.tx.query(
      `INSERT INTO capture.configuration (bucket, portal_id, name, version, digest, data)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (portal_id, name) DO UPDATE
          SET version = excluded.version, digest = excluded.digest, data = excluded.data`,
      [unit.portal.bucket, unit.portal.portalId, part.streamId, version, digest, text],
    );
  }
  return changed;
}

function partsOf(configuration: PortalConfiguration): Part[] {
  const pipelines = Object.entries(configuration.pipelines).map(([kind, list]): Part => ({
    streamId: `pipelines:${kind}`,
    type: 'PipelinesConfigured',
    data: { kind: kind as PipelineObjectKind, pipelines: list },
  }));
  const dictionaries = configuration.dictionaries.map((data): Part => ({
    streamId: `dictionary:${data.name}`,
    type: 'DictionaryConfigured',
    data,
  }));
  return [...pipelines, ...dictionaries];
}

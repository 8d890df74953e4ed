import { captureEvents } from '@funnelwatch/capture-contracts';
import { curationEvents, curationReadModel } from '@funnelwatch/curation';
import { catalogueOf, erasureEvents, KeyRing, PostgresKeyStore, type ReadModel } from '@funnelwatch/event-log';
import { funnelEvents, funnelReadModel } from '@funnelwatch/funnel';
import { motivationEvents, motivationReadModel } from '@funnelwatch/motivation';
import { planEvents, planReadModel } from '@funnelwatch/plan';
import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from './connection.js';

/** Everything that a program of this version can read. */
export const catalogue = catalogueOf(
  captureEvents,
  funnelEvents,
  curationEvents,
  planEvents,
  motivationEvents,
  erasureEvents,
);

/** The read model of a name. Throws `Rejection` READ_MODEL_UNKNOWN. */
export function readModelOf(name: string, pool: Pool, masterKey: Buffer): ReadModel {
  const models = [
    funnelReadModel({
      // By the keys as they are stored now: an erasure that was committed counts at once.
      sealedTexts: new KeyRing({ masterKey, store: new PostgresKeyStore(pool), cacheMaxAgeMs: 0 }),
    }),
    curationReadModel(),
    planReadModel(),
    motivationReadModel(),
  ];
  const model = models.find((each) => each.name === name);
  if (model) return model;
  const known = models.map((each) => each.name).join(', ');
  throw new Rejection('READ_MODEL_UNKNOWN', `There is no read model ${name}. There are: ${known}.`);
}

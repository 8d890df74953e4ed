import { streamOf } from '@funnelwatch/capture-contracts';
import { readErased, suppress } from '@funnelwatch/event-log';
import type { Observation } from '../normalise/observation.js';
import type { CaptureTransaction } from '../write/capture-writer.js';
import { linksOf } from './links-of.js';

/**
 * The observations without the personal data of whoever was erased, before anything is hashed or sealed. A record that
 * is linked to one of them goes on the list itself: what is written about an erased person is not kept either.
 */
export async function withoutErased(unit: CaptureTransaction, observations: Observation[]): Promise<Observation[]> {
  const personal = observations.filter((observation) => Object.keys(observation.personal).length > 0);
  if (personal.length === 0) return observations;
  const subjects = new Map(
    personal.map((one) => [one, [streamOf(one.kind, one.id), ...linksOf(one.kind, one.fields, one.extra)]]),
  );
  const erased = await readErased(unit.tx, unit.portal, [...new Set([...subjects.values()].flat())]);
  if (erased.size === 0) return observations;
  const stripped = new Set<Observation>();
  const joining: { subject: string; root: string }[] = [];
  for (const [observation, [own = '', ...links]] of subjects) {
    if (erased.has(own)) stripped.add(observation);
    const root = links.map((link) => erased.get(link)).find((found) => found !== undefined);
    if (erased.has(own) || root === undefined) continue;
    stripped.add(observation);
    joining.push({ subject: own, root });
  }
  if (joining.length > 0) await suppress(unit.tx, unit.portal, joining);
  return observations.map((one) => (stripped.has(one) ? { ...one, personal: {} } : one));
}

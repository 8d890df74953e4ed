import type { Happening } from './happening.js';
import { RuleFact } from './rule-fact.js';

/** A fact about a record, as rules on that record see it. */
export interface Told {
  about: string;
  fact: RuleFact;
}

/** The fact that a happening tells about a record. */
export function told(
  about: string,
  type: RuleFact['type'],
  happening: Happening,
  fields: ConstructorParameters<typeof RuleFact>[4],
): Told {
  const { at, eventId, position, by } = happening;
  return { about, fact: new RuleFact(type, at, eventId, position, { by: by ?? '', ...fields }) };
}

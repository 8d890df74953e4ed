import type { EventDeclaration, JsonObject } from '@funnelwatch/kernel';

/** Type of the event that tells readers to forget. Its stream is `erasure:<subject>`. */
export const SUBJECT_ERASED = 'SubjectErased';

/**
 * Events that erasing appends, with ids only: whose erasure it is (`contact:12`), and the streams whose texts are gone, of
 * the subject itself and of records linked to it.
 */
export const erasureEvents: readonly EventDeclaration[] = [
  { type: SUBJECT_ERASED, schemaVersion: 1, fields: { subject: 'text', records: 'list' } },
];

/** The streams that a `SubjectErased` names; the catalogue has seen to it that there is a list. */
export const recordsErasedBy = (data: JsonObject): string[] =>
  Array.isArray(data['records']) ? data['records'].filter((stream) => typeof stream === 'string') : [];

export const erasureStreamOf = (subject: string): string => `erasure:${subject}`;

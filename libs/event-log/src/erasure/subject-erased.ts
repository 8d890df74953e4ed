import type { EventDeclaration } from '@funnelwatch/kernel';

/** Type of the event that tells readers to forget. Its stream is `erasure:<subject>`. */
export const SUBJECT_ERASED = 'SubjectErased';

/** Data of `SubjectErased`: ids only. */
export interface SubjectErasedData {
  /** Whose erasure it is: `contact:12`. */
  subject: string;
  /** Streams whose texts are gone: of the subject itself and of records linked to it. */
  records: string[];
}

/** Events that erasing appends. */
export const erasureEvents: readonly EventDeclaration[] = [
  { type: SUBJECT_ERASED, schemaVersion: 1, fields: { subject: 'text', records: 'list' } },
];

export const erasureStreamOf = (subject: string): string => `erasure:${subject}`;

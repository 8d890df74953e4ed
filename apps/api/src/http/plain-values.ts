import { entityKinds, pipelineObjectKinds } from '@funnelwatch/capture-contracts';
import { z } from 'zod';

/** Values that many routes share. Every text is bounded and free of control characters: PostgreSQL refuses NUL. */

const isPlain = (text: string) => text.isWellFormed() && !/\p{Cc}/u.test(text);

export const plainText = (maximum: number) =>
  z.string().min(1).max(maximum).refine(isPlain, 'must not contain control characters or halves of characters');

export const instant = z.string().meta({ description: 'ISO 8601 in UTC', example: '2026-03-02T07:15:00.000Z' });

export const kopecks = z
  .string()
  .meta({ description: 'Integer minor units (kopecks) as a decimal string', example: '15000050' });

export const position = z
  .string()
  .regex(/^\d{1,3}:\d{1,15}$/, 'must be written bucket:position, for example 3:1042')
  .meta({ description: 'A position of the event log, written bucket:position', example: '3:1042' });

export const portalId = z.uuid().meta({ description: 'Our id of the portal' });

export const pipelineId = z
  .string()
  .regex(/^(lead|deal|invoice):\d{1,9}$/, 'must be written kind:category, for example deal:0')
  .meta({ description: 'Kind and category id of the portal', example: 'deal:0' });

export const stageId = plainText(100).meta({ description: 'Stage id of the portal', example: 'C1:NEW' });

export const seller = z
  .string()
  .regex(/^(all|unknown|\d{1,18})$/, 'must be all, unknown or the id of a user')
  .default('all')
  .meta({ description: 'Responsible person: a user id, `unknown`, or `all`' });

export const entityKind = z.enum(entityKinds);

export const pipelineKind = z.enum(pipelineObjectKinds);

export const recordId = z
  .string()
  .regex(/^[0-9A-Za-z:_-]{1,40}$/, 'must be an id of the portal')
  .meta({ description: 'Id of the record in the portal', example: '123' });

const isRealDate = (text: string) => {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

/** T of docs/funnel-definitions.md: nothing after it is looked at. */
export const momentAskedAbout = z.iso
  .datetime({ precision: 3 })
  .refine((text) => /^20\d\d-/.test(text), 'must lie between 2000 and 2099')
  .meta({ description: 'The moment asked about, ISO 8601 UTC with milliseconds; now, when left out' });

/** What was known: read models as they were when the log had come to the position. */
export const asAt = position.meta({
  description:
    'What was known at this position of the log, instead of all that is known now. May be combined with `asOf`',
  example: '3:1042',
});

/** A day of the portal's zone between 2000 and 2099: outside it no CRM holds anything. */
export const day = z
  .string()
  .regex(/^20\d\d-\d\d-\d\d$/, 'must be a day between 2000-01-01 and 2099-12-31, written YYYY-MM-DD')
  .refine(isRealDate, 'is not a day of the calendar')
  .meta({ description: "A day of the portal's zone", example: '2026-03-01' });

export const month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'must be a month between 2000-01 and 2099-12, written YYYY-MM')
  .meta({ description: "A calendar month of the portal's zone", example: '2026-03' });

export const cursor = z
  .string()
  .max(600)
  .regex(/^[A-Za-z0-9_-]+$/, 'is not a cursor of this API')
  .meta({ description: '`nextCursor` of the page before, unchanged' });

/** Titles, names and typed texts of the portal's records. */
export const personalMode = z
  .enum(['masked', 'shown'])
  .default('masked')
  .meta({ description: '`shown` opens personal data to whoever may read it, and is recorded in the audit' });

export const personalState = z
  .enum(['masked', 'shown'])
  .meta({ description: 'Whether personal data is in the answer' });

export const limit = z.coerce.number().int().min(1).max(200).default(50);

/** Taken by every read: see docs of `minPosition` in apps/api/README.md. */
export const readsAfter = {
  minPosition: position.optional().meta({
    description:
      'Wait (at most 500 ms) until the read model has applied this position. Still behind: the answer is given as it is, with the header `x-behind: true`.',
  }),
};

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const timeZone = plainText(60)
  .refine(isTimeZone, 'is not a time zone; write one such as Europe/Moscow')
  .meta({ description: 'IANA time zone', example: 'Europe/Moscow' });

import { lanes, ORDER_CHARACTERS } from '@funnelwatch/curation';
import { z } from 'zod';
import { day, instant, plainText, portalId, position, readsAfter } from '../http/plain-values.js';
import { recordEventSchema } from '../records/records.schemas.js';

export const ruleId = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,15}$/, 'must be the id of a rule, for example L01')
  .meta({ description: 'Id of a rule', example: 'L01' });
export const userId = z.string().regex(/^\d{1,18}$/, 'must be the id of a user of the portal');
const reference = z
  .string()
  .regex(/^[a-z-]{3,20}:[0-9A-Za-z:_-]{1,60}$/, 'must be written kind:id, for example deal:12')
  .meta({ description: 'A record, written kind:id', example: 'deal:12' });
const severity = z.enum(['S1', 'S2', 'S3', 'S4']).meta({ id: 'Severity' });
const verdict = z.enum(['real', 'acceptable', 'false', 'need-info']).meta({ id: 'Verdict' });
export const judgement = z
  .enum(['real', 'acceptable', 'false'])
  .meta({ id: 'Judgement', description: 'A verdict that decides' });
const lane = z
  .enum(lanes)
  .meta({ id: 'CaseLane', description: 'Part of the queue; `violations`: all that figures of discipline count' });
const status = z.enum(['open', 'waiting', 'disputed', 'closed', 'void']).meta({ id: 'CaseStatus' });
const mode = z.enum(['active', 'baseline', 'shadow']).meta({ id: 'CaseMode' });
export const person = z.object({ userId: z.string(), name: z.string().nullable() }).meta({ id: 'CasePerson' });

const filters = {
  ruleId: ruleId.optional(),
  person: userId.optional(),
  severity: severity.optional(),
  assignee: z
    .string()
    .regex(/^(me|none|[0-9a-f-]{36})$/, 'must be me, none or the id of an account')
    .optional(),
  about: reference.optional(),
  from: day.optional().meta({ description: "First day on which cases began, in the portal's zone; with `to`" }),
  to: day.optional().meta({ description: "First day after the period, in the portal's zone" }),
};

export const casesQuery = z.object({
  lane: lane.default('queue'),
  ...filters,
  offset: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  around: z.uuid().optional().meta({
    description:
      'A case to have in the middle of the answer, instead of `offset`; without effect when the list lacks it',
  }),
  order: z
    .string()
    .max(ORDER_CHARACTERS)
    .regex(/^[0-9A-Z.-]*$/, 'must be the order of an earlier answer')
    .optional()
    .meta({ description: 'The `order` of an earlier answer: people and rules keep their place' }),
  ...readsAfter,
});
export type CasesQuery = z.infer<typeof casesQuery>;

export const caseRowSchema = z
  .object({
    caseId: z.uuid(),
    ruleId: z.string(),
    severity,
    mode,
    status,
    verdict: verdict.nullable(),
    about: z.string(),
    responsible: person.nullable(),
    assignee: z.string().nullable().meta({ description: 'Account the case is assigned to' }),
    startedAt: instant,
    opensAt: instant.meta({ description: 'CRM time at which limit and grace had run out' }),
    dueAt: instant.meta({ description: 'By when a curator is to have looked at it' }),
    resolvedAt: instant.nullable(),
    snoozedUntil: instant.nullable(),
    itemCount: z.number().int(),
    isRegressed: z.boolean(),
    isSnoozed: z.boolean(),
    coachingId: z.uuid().nullable().meta({ description: 'The coaching that it is folded under' }),
    version: z.number().int(),
  })
  .meta({ id: 'CaseRow' });
export type CaseRow = z.infer<typeof caseRowSchema>;

const listedCaseSchema = caseRowSchema
  .extend({
    ofPerson: z.number().int().meta({ description: 'Cases of the list that are of the same person' }),
    ofRule: z.number().int().meta({ description: 'Cases of the list that are of the same person and rule' }),
  })
  .meta({ id: 'ListedCase' });

export const casePageSchema = z
  .object({
    items: z.array(listedCaseSchema),
    total: z.number().int(),
    offset: z.number().int().meta({ description: 'Where in the list the first item stands' }),
    order: z.string().meta({ description: 'Order of people and rules, to be handed back where it is to stay' }),
  })
  .meta({ id: 'CasePage' });
export type CasePage = z.infer<typeof casePageSchema>;

export const summaryQuery = z.object({ ...readsAfter });

export const caseSummarySchema = z
  .object({
    lanes: z.record(z.string(), z.number().int()).meta({ description: 'Cases in each part of the queue' }),
    people: z.number().int().meta({ description: 'People who wait for feedback' }),
    overdue: z.number().int(),
    checks: z.number().meta({ description: 'Opportunities to violate that were looked at' }),
    clock: instant.nullable().meta({ description: 'CRM instant through which rules are judged' }),
    frozen: z.string().nullable().meta({ description: 'Why the rule clock stands still' }),
    activeRules: z.number().int(),
  })
  .meta({ id: 'CaseSummary' });
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const caseParams = z.object({ portalId, caseId: z.uuid() });
export type CaseParams = z.infer<typeof caseParams>;

const bilingual = z.object({ ru: z.string(), en: z.string() }).meta({ id: 'Bilingual' });

export const caseCardSchema = z
  .object({
    row: caseRowSchema,
    rule: z
      .object({
        title: bilingual,
        clause: bilingual,
        feedback: bilingual,
        parameters: z.record(z.string(), z.unknown()),
        version: z.number().int(),
      })
      .meta({ id: 'CaseRule' }),
    people: z
      .object({
        doer: person.nullable(),
        owner: person.nullable(),
        creator: person.nullable(),
        assignee: person.nullable(),
        head: person.nullable(),
      })
      .meta({ id: 'CasePeople' }),
    evidence: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
      description: 'Fields of the record as they were when the episode began',
    }),
    asAt: position.meta({ description: 'What was known when the case was opened' }),
    portalUrl: z.string().nullable(),
    items: z.array(z.object({ ref: z.string(), at: instant, portalUrl: z.string().nullable() })),
    around: z.array(recordEventSchema).meta({ description: 'What happened next to the beginning, in order' }),
    history: z
      .object({ person, violations: z.number().int(), checks: z.number().int(), days: z.number().int() })
      .nullable()
      .meta({ description: 'How the person whose task it was kept this rule lately: violations of so many checks' }),
    suggested: z
      .object({ verdict, why: z.enum(['rule-is-precise', 'fixed-already', 'rule-errs-often', 'nothing-known']) })
      .meta({ id: 'SuggestedVerdict' }),
    verdict: z
      .object({ verdict, by: z.string() })
      .nullable()
      .meta({ description: 'Hidden from the second reviewer of a dispute until they have decided' }),
    isVerdictHidden: z.boolean(),
    isBlind: z
      .boolean()
      .meta({ description: 'A verdict is asked for that knows of no other: nothing here tells whether there is one' }),
    secondReview: z
      .object({
        reason: z.enum(['sample', 'training']),
        state: z.enum(['pending', 'confirmed', 'contradicted', 'lapsed']),
      })
      .nullable()
      .meta({
        id: 'SecondReview',
        description:
          'A second verdict that is or was asked for; one for training has to confirm before feedback is sent',
      }),
    voided: z
      .object({
        reason: z.enum(['deleted', 'merged', 'late-facts', 'rule-changed']),
        into: z.string().nullable().meta({ description: 'The record it was merged into, `lead:12`' }),
        portalUrl: z.string().nullable(),
      })
      .nullable()
      .meta({ id: 'VoidedCase', description: 'Why there is nothing left to decide; null while there is' }),
    regressedFrom: z.uuid().nullable(),
    inhibitedBy: z.array(z.string()),
    answer: z.enum(['fixed', 'disagree', 'not-mine']).nullable(),
    feedback: z.array(
      z
        .object({ messageId: z.string(), channel: z.string(), to: person, state: z.string() })
        .meta({ id: 'CaseFeedback' }),
    ),
    entries: z.array(
      z
        .object({
          version: z.number().int(),
          type: z.string(),
          occurredAt: instant,
          recordedAt: instant,
          by: z.string().nullable(),
          detail: z.string().nullable(),
        })
        .meta({ id: 'CaseEntry' }),
    ),
  })
  .meta({ id: 'CaseCard' });
export type CaseCardView = z.infer<typeof caseCardSchema>;

const snoozeReason = z.enum(['client', 'absence', 'data', 'later']).meta({ id: 'SnoozeReason' });
const snoozeUntil = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('time'), at: z.iso.datetime({ offset: true }) }),
    z.strictObject({ kind: z.literal('event') }).meta({ description: 'Until something happens to the case' }),
    z.strictObject({ kind: z.literal('count'), count: z.number().int().min(1).max(20) }),
  ])
  .meta({ id: 'SnoozeUntil' });

export const commandBody = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('verdict'),
      verdict,
      seconds: z.number().int().min(0).max(86_400).nullable().default(null),
      template: z.string().max(100).default(''),
    }),
    z.strictObject({ type: z.literal('undo-verdict') }),
    z.strictObject({ type: z.literal('snooze'), until: snoozeUntil, reason: snoozeReason }),
    z.strictObject({ type: z.literal('wake') }),
    z.strictObject({ type: z.literal('assign'), to: z.union([z.literal('me'), z.uuid()]).nullable() }),
    z.strictObject({ type: z.literal('merge'), into: z.uuid() }),
    z.strictObject({ type: z.literal('close') }),
    z.strictObject({ type: z.literal('reopen') }),
    z.strictObject({ type: z.literal('decide-dispute'), verdict }),
    z.strictObject({ type: z.literal('review-blindly'), verdict: judgement }),
  ])
  .meta({ id: 'CaseCommand' });
export type CommandBody = z.infer<typeof commandBody>;

export const handledSchema = z
  .object({ position, version: z.number().int(), isChanged: z.boolean(), status: status.nullable() })
  .meta({ id: 'HandledCase' });
export type HandledView = z.infer<typeof handledSchema>;

export const bulkBody = z
  .strictObject({ caseIds: z.array(z.uuid()).min(1).max(200), command: commandBody })
  .meta({ id: 'BulkCaseCommand', description: 'Only for cases of one rule' });
export type BulkBody = z.infer<typeof bulkBody>;

export const bulkResultSchema = z
  .object({
    position: position.nullable(),
    results: z.array(
      z.object({ caseId: z.uuid(), isDone: z.boolean(), code: z.string().nullable(), message: z.string().nullable() }),
    ),
  })
  .meta({ id: 'BulkCaseResult' });
export type BulkResult = z.infer<typeof bulkResultSchema>;

export const presenceSchema = z
  .object({ others: z.array(z.string()).meta({ description: 'Names of others who look at the case' }) })
  .meta({ id: 'CasePresence' });

export const viewSchema = z
  .object({ viewId: z.uuid(), name: z.string(), filter: z.record(z.string(), z.string()) })
  .meta({ id: 'SavedView' });
export const viewListSchema = z.object({ items: z.array(viewSchema) }).meta({ id: 'SavedViewList' });
export const viewBody = z
  .strictObject({ name: plainText(60), filter: z.record(z.string().max(20), z.string().max(80)) })
  .meta({ id: 'SaveView' });
export type ViewBody = z.infer<typeof viewBody>;
export const viewParams = z.object({ portalId, viewId: z.uuid() });

const templateShape = { ruleId: z.union([ruleId, z.literal('')]), name: plainText(60), body: plainTextLines(2000) };
export const templateSchema = z.object({ templateId: z.uuid(), ...templateShape }).meta({ id: 'FeedbackTemplate' });
export const templateListSchema = z.object({ items: z.array(templateSchema) }).meta({ id: 'FeedbackTemplateList' });
export const templateBody = z.strictObject(templateShape).meta({ id: 'SaveFeedbackTemplate' });
export type TemplateBody = z.infer<typeof templateBody>;
export const templateParams = z.object({ portalId, templateId: z.uuid() });

function plainTextLines(maximum: number) {
  return z
    .string()
    .min(1)
    .max(maximum)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(text), 'must not contain control characters');
}

import { scopeSchema } from '@funnelwatch/curation';
import { z } from 'zod';
import { day, instant, portalId, position, readsAfter } from '../http/plain-values.js';
import { ruleFaultSchema } from '../problems/problem.schema.js';

const bilingual = z.object({ ru: z.string(), en: z.string() }).meta({ id: 'Bilingual' });
const ruleId = z
  .string()
  .regex(/^[A-Z][A-Z0-9]{1,15}$/, 'must be the id of a rule, for example L01')
  .meta({ description: 'Id of a rule', example: 'L01' });

const parameterValue = z
  .union([
    z.number(),
    z.string().max(500),
    z.array(z.string().max(200)).max(500),
    z.record(z.string().max(200), z.union([z.string().max(200), z.number(), z.array(z.string().max(200)).max(100)])),
  ])
  .meta({ id: 'ParameterValue' });

export const ruleScope = scopeSchema.meta({
  id: 'RuleScope',
  description: 'Where it applies: a list that is not there leaves everything in',
});

export const ruleViewSchema = z
  .object({
    ruleId: z.string(),
    version: z.number().int(),
    title: bilingual,
    clause: bilingual,
    feedback: bilingual,
    severity: z.enum(['S1', 'S2', 'S3', 'S4']),
    kind: z.enum(['state', 'fact']),
    on: z.array(z.string()),
    feedbackTo: z.array(z.string()),
    when: z.string().meta({ description: 'Condition, in the language of docs/rule-language.md' }),
    status: z.enum(['off', 'draft', 'shadow', 'active', 'broken']),
    since: instant.nullable().meta({ description: 'Episodes that began before are baseline' }),
    reason: z.string().nullable(),
    outage: z
      .object({
        missing: z.array(
          z
            .object({
              part: z.enum(['field', 'stage', 'pipeline', 'source']),
              id: z.string(),
              kinds: z.array(z.string()).meta({ description: 'Kinds of records it belonged to' }),
            })
            .meta({ id: 'MissingPart' }),
        ),
        at: instant,
        statusBefore: z.enum(['shadow', 'active']),
      })
      .nullable()
      .meta({
        id: 'RuleOutage',
        description: 'What the rule names and the portal no longer has; it is mended by itself when that is back',
      }),
    hasDraft: z.boolean().meta({ description: 'A version is being written that is not in force' }),
    waitsFor: z
      .string()
      .nullable()
      .meta({ description: '`unavailable`, `setting:<parameter>` or `feed:<name>`; null when it is judged' }),
    unavailable: bilingual.nullable(),
    isStarter: z.boolean(),
    isOwn: z.boolean().meta({ description: 'Written for this portal' }),
    parameters: z.array(
      z
        .object({
          name: z.string(),
          title: bilingual,
          type: z.enum(['number', 'text', 'list', 'map', 'lists']),
          isRequired: z.boolean(),
          default: parameterValue,
          value: parameterValue,
          isSet: z.boolean(),
        })
        .meta({ id: 'RuleParameter' }),
    ),
    scope: ruleScope,
    figures: z
      .object({
        open: z.number().int(),
        total: z.number().int(),
        falsePositives: z.number().int(),
        verdicts: z.number().int(),
        checks: z.number(),
      })
      .meta({ id: 'RuleFigures' }),
  })
  .meta({ id: 'RuleView' });
export type RuleViewBody = z.infer<typeof ruleViewSchema>;

export const ruleListSchema = z
  .object({
    items: z.array(ruleViewSchema),
    pack: z.object({ id: z.string(), version: z.number().int() }).nullable(),
    silences: z.array(
      z
        .object({
          silenceId: z.uuid(),
          ruleId: z.string(),
          userId: z.string(),
          about: z.string(),
          until: instant,
          reason: z.string(),
          by: z.string(),
        })
        .meta({ id: 'Silence' }),
    ),
  })
  .meta({ id: 'RuleList' });
export type RuleList = z.infer<typeof ruleListSchema>;

export const rulesQuery = z.object({ ...readsAfter });
export const ruleParams = z.object({ portalId, ruleId });

export const statusBody = z.strictObject({ status: z.enum(['off', 'shadow', 'active']) }).meta({ id: 'SetRuleStatus' });
export type StatusBody = z.infer<typeof statusBody>;

export const parametersBody = z
  .strictObject({ parameters: z.record(z.string().max(40), parameterValue) })
  .meta({ id: 'SetRuleParameters' });
export type ParametersBody = z.infer<typeof parametersBody>;

export const decidedRuleSchema = z.object({ position }).meta({ id: 'DecidedRule' });

export const checkBody = z
  .strictObject({ rule: z.record(z.string(), z.unknown()) })
  .meta({ id: 'CheckRule', description: 'A rule as its author writes it' });
export type CheckBody = z.infer<typeof checkBody>;

export const checkedSchema = z.object({ faults: z.array(ruleFaultSchema) }).meta({ id: 'CheckedRule' });

export const silenceBody = z
  .strictObject({
    ruleId: z.union([ruleId, z.literal('')]).default(''),
    userId: z
      .string()
      .regex(/^\d{0,18}$/)
      .default(''),
    about: z
      .string()
      .regex(/^([a-z-]{3,20}:[0-9A-Za-z:_-]{1,60})?$/)
      .default(''),
    until: z.iso.datetime({ offset: true }),
    reason: z.enum(['absence', 'migration', 'agreed', 'rule-errs']),
  })
  .refine(({ ruleId: rule, userId, about }) => rule !== '' || userId !== '' || about !== '', {
    message: 'names a rule, a person or a record',
  })
  .meta({ id: 'SetSilence' });
export type SilenceBody = z.infer<typeof silenceBody>;
export const silenceParams = z.object({ portalId, silenceId: z.uuid() });

export const backtestBody = z
  .strictObject({
    parameters: z.record(z.string().max(40), parameterValue).optional(),
    rule: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'A rule that is being written; the one of the portal when left out' }),
    period: z
      .strictObject({
        from: day.meta({ description: "First day, in the portal's zone" }),
        to: day.meta({ description: "First day after the period, in the portal's zone" }),
      })
      .optional()
      .meta({ description: 'The stretch of recorded history that is counted; all of it when left out' }),
  })
  .meta({ id: 'RequestBacktest' });
export type BacktestBody = z.infer<typeof backtestBody>;

const count = z.number().int();
export const backtestSchema = z
  .object({
    backtestId: z.uuid(),
    ruleId: z.string(),
    state: z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']),
    done: count,
    total: count.nullable(),
    parameters: z.record(z.string(), parameterValue).meta({ description: 'Values that were tried; others by default' }),
    scope: ruleScope,
    period: z.object({ from: z.string(), to: z.string() }).nullable().meta({ description: 'Null for all history' }),
    figures: z
      .object({
        subjects: count,
        cases: count,
        checks: count,
        resolved: count.meta({ description: 'Cases that resolved by themselves' }),
        voided: count,
        byWeek: z.array(z.object({ week: z.string(), cases: count })),
        byPerson: z.array(z.object({ person: z.string(), cases: count, checks: count })),
        curatorHoursPerWeek: z.number(),
        examples: z.array(
          z.object({
            about: z.string(),
            startAt: instant,
            opensAt: instant,
            resolvedAt: instant.nullable(),
            person: z.string(),
          }),
        ),
      })
      .meta({ id: 'BacktestFigures' })
      .nullable(),
    precision: z
      .object({ falsePositives: count, verdicts: count })
      .nullable()
      .meta({ description: 'Past verdicts on the rule' }),
    errorCode: z.string().nullable(),
    requestedAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Backtest' });
export const backtestListSchema = z.object({ items: z.array(backtestSchema) }).meta({ id: 'BacktestList' });
export const backtestParams = z.object({ portalId, backtestId: z.uuid() });

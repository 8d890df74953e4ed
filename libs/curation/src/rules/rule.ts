import { z } from 'zod';

/** What a rule can be about. */
const subjectKinds = ['lead', 'deal', 'invoice', 'activity', 'contact', 'company', 'employee', 'portal'] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** Facts at which a rule can fire; what each carries is documented in the catalogue of views. */
export const factTypes = [
  'created',
  'moved',
  'changed',
  'owner_changed',
  'rows_changed',
  'rescheduled',
  'call_missed',
  'call_talked',
  'message_in',
  'touched',
  'task_closed',
  'deal_created',
  'deal_moved',
  'activity_finished',
  'audited',
  'vanished',
  'record_vanished',
  'configured',
  'heard',
] as const;
export type FactType = (typeof factTypes)[number];

/** S1 money, law or a lost client; S2 breaks analytics or process; S3 hygiene; S4 advice. */
export const severities = ['S1', 'S2', 'S3', 'S4'] as const;
export type Severity = (typeof severities)[number];

/**
 * `min`, `h`: worked minutes and hours. `wd`: same time of day on a later working day. `d`: times 24 hours. `clock-min`:
 * minutes whether worked or not. `week-end`: to the end of the week in the portal's zone.
 */
export const durationUnits = ['min', 'h', 'wd', 'd', 'clock-min', 'week-end'] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A number, or a CEL expression that gives one. */
const amount = z.union([z.number().min(0).max(1_000_000), z.string().min(1).max(300)]);

const durationSchema = z.strictObject({ amount, unit: z.enum(durationUnits) });
export type Duration = z.infer<typeof durationSchema>;

const clockSchema = durationSchema.extend({
  /** CEL timestamp from which the clock runs; the beginning of the state unless told. */
  since: z.string().min(1).max(500).optional(),
});

const bilingual = z.strictObject({ ru: z.string().min(1).max(2000), en: z.string().min(1).max(2000) });

export const parameterValueSchema = z.union([
  z.number(),
  z.string().max(500),
  z.array(z.string().max(500)).max(1000),
  z.record(z.string().max(500), z.union([z.string().max(500), z.number(), z.array(z.string().max(500)).max(200)])),
]);

const parameterSchema = z.strictObject({
  type: z.enum(['number', 'text', 'list', 'map', 'lists']),
  default: parameterValueSchema,
  /** True where the rule cannot be judged until the portal has set it. */
  isRequired: z.boolean().default(false),
  title: bilingual,
});

const feedbackTargets = ['doer', 'owner', 'assignee', 'creator', 'editor', 'head', 'admin'] as const;
export type FeedbackTarget = (typeof feedbackTargets)[number];

const condition = z.string().min(1).max(2000);

const common = {
  id: z.string().regex(/^[A-Z][A-Z0-9]{1,15}$/),
  version: z.number().int().min(1),
  on: z.array(z.enum(subjectKinds)).min(1),
  title: bilingual,
  /** Clause of the working standard. */
  clause: bilingual,
  feedback: bilingual,
  severity: z.enum(severities),
  feedbackTo: z.array(z.enum(feedbackTargets)).min(1),
  parameters: z.record(z.string().regex(/^[a-z][a-z_]{0,30}$/), parameterSchema).default({}),
  grace: durationSchema.default({ amount: 0, unit: 'min' }),
  /** Rules whose open case about the same record explains this one. */
  inhibitedBy: z.array(z.string()).default([]),
  /** Names of captured listings through which the rule clock must have come. */
  feeds: z.array(z.string()).min(1),
  /** A fact without which the rule cannot be judged and that nobody captures yet. */
  unavailable: bilingual.optional(),
  /** True where the rule is about something that has vanished: it does not void its cases. */
  outlivesSubject: z.boolean().default(false),
  /** Fields of the view kept with the case as it was when the episode began. */
  evidence: z.array(z.string()).default([]),
};

const stateRuleSchema = z.strictObject({
  ...common,
  kind: z.literal('state'),
  when: condition,
  /** All must have run out. Without one the case opens after the grace. */
  clocks: z.array(clockSchema).max(4).default([]),
  /** `state`: resolves when the state ends. `verdict`: never by itself. */
  resolve: z.enum(['state', 'verdict']).default('state'),
  /** CEL list of records that make up the case. */
  items: condition.optional(),
});

const factRuleSchema = z.strictObject({
  ...common,
  kind: z.literal('fact'),
  facts: z.array(z.enum(factTypes)).min(1),
  when: condition,
  /** CEL condition over later views, with `fact`; `verdict`: never by itself; `quiet`: when so long nothing more happened. */
  resolve: z.union([
    z.literal('verdict'),
    z.strictObject({ when: condition, withinGraceOnly: z.boolean().default(false) }),
    z.strictObject({ quiet: durationSchema }),
  ]),
  /** Further facts within this time after the last one of an episode join it; `resolved`: until the episode resolves. */
  gather: z.union([durationSchema, z.literal('resolved')]).optional(),
  /** CEL text: the record the case is about, where that is not the subject. */
  about: condition.optional(),
});

export const ruleSchema = z.discriminatedUnion('kind', [stateRuleSchema, factRuleSchema]);
export type Rule = z.infer<typeof ruleSchema>;
export type StateRule = z.infer<typeof stateRuleSchema>;
export type FactRule = z.infer<typeof factRuleSchema>;
/** A rule as an author writes it, with defaults left out. */
export type RuleDraft = z.input<typeof ruleSchema>;
export type ParameterDeclaration = z.infer<typeof parameterSchema>;
export type ParameterValue = ParameterDeclaration['default'];
export type ParameterValues = Record<string, ParameterValue>;

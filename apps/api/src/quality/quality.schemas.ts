import { auditedKinds, goldReasons } from '@funnelwatch/curation';
import { z } from 'zod';
import { judgement } from '../cases/cases.schemas.js';
import { day, instant, plainText, portalId, position, readsAfter } from '../http/plain-values.js';

const count = z.number().int();
const words = z.object({ ru: plainText(300), en: plainText(300) }).meta({ id: 'AuditWords' });
const auditedKind = z.enum(auditedKinds).meta({ id: 'AuditedKind' });
const goldReason = z.enum(goldReasons).meta({ id: 'GoldReason', description: 'Why a case is exemplary' });
const account = z.object({ accountId: z.string(), name: z.string().nullable() }).meta({ id: 'QualityAccount' });
const person = z.object({ userId: z.string(), name: z.string().nullable() }).meta({ id: 'AuditedPerson' });

export const qualityQuery = z.object({ ...readsAfter });
export const decidedQualitySchema = z.object({ position }).meta({ id: 'DecidedQuality' });
export type DecidedQuality = z.infer<typeof decidedQualitySchema>;

export const qualityPeriodQuery = z.object({
  from: day.meta({ description: "First day, in the portal's zone" }),
  to: day.meta({ description: "First day after the period, in the portal's zone" }),
  ...readsAfter,
});
export type QualityPeriodQuery = z.infer<typeof qualityPeriodQuery>;

const settings = {
  secondReviewPercent: z
    .number()
    .int()
    .min(5)
    .max(10)
    .meta({ description: 'Share of decided cases that are drawn for a second, blind verdict' }),
  requireCalibration: z
    .boolean()
    .meta({ description: 'Feedback on verdicts of curators in training waits for a second review' }),
  auditsPerSeller: z
    .number()
    .int()
    .min(1)
    .max(20)
    .meta({ description: 'Finished calls, meetings and deals of each seller that are audited a week' }),
};
export const qualitySettingsSchema = z
  .object({ ...settings, goldVersion: count, goldCases: count })
  .meta({ id: 'QualitySettings' });
export type QualitySettingsView = z.infer<typeof qualitySettingsSchema>;
export const qualitySettingsBody = z.strictObject(settings).meta({ id: 'SetQualitySettings' });
export type QualitySettingsBody = z.infer<typeof qualitySettingsBody>;

const agreement = {
  n: count.meta({ description: 'Cases judged twice blindly' }),
  counts: z
    .object({ bothYes: count, onlyFirst: count, onlySecond: count, bothNo: count })
    .meta({ id: 'PairedVerdicts', description: 'Yes: the rule was broken' }),
  agreement: z
    .object({
      n: count,
      observed: z.number(),
      kappa: z.number().nullable().meta({ description: 'Null where both sides always said the same' }),
      pabak: z.number(),
    })
    .nullable()
    .meta({ id: 'Agreement', description: 'Null for too few: under five cases' }),
};
export const agreementSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    overall: z.object(agreement).meta({ id: 'AgreementFigure' }),
    byRule: z.array(z.object({ ruleId: z.string(), ...agreement }).meta({ id: 'AgreementOfRule' })),
    byPair: z.array(z.object({ first: account, second: account, ...agreement }).meta({ id: 'AgreementOfPair' })),
    drift: z.array(
      z
        .object({
          account,
          n: count,
          drift: z
            .number()
            .nullable()
            .meta({ description: 'How much more often they see a breach than the others on the same cases' }),
        })
        .meta({ id: 'CuratorDrift' }),
    ),
  })
  .meta({ id: 'CuratorAgreement' });
export type AgreementView = z.infer<typeof agreementSchema>;

const scorePart = z
  .object({
    n: count,
    measured: z.number().nullable(),
    value: z.number().meta({ description: 'What enters the score: 1 while there is too little to go by' }),
    isNeutral: z.boolean(),
  })
  .meta({ id: 'ScorePart' });
const calibrated = z
  .object({ n: count, kappa: z.number().nullable(), isInTraining: z.boolean() })
  .meta({ id: 'CalibrationResult' });
export const curatorScoresSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    items: z.array(
      z
        .object({
          account,
          sla: scorePart,
          precision: scorePart,
          agreement: scorePart,
          effect: scorePart,
          score: z.number(),
          calibration: calibrated,
          reportsToHead: z.boolean().meta({ description: 'Stands under a head of sales of the portal' }),
        })
        .meta({ id: 'CuratorScore' }),
    ),
  })
  .meta({ id: 'CuratorScores' });
export type CuratorScoresView = z.infer<typeof curatorScoresSchema>;

export const goldCasesSchema = z
  .object({
    version: count,
    items: z.array(
      z
        .object({
          caseId: z.uuid(),
          ruleId: z.string(),
          about: z.string(),
          verdict: judgement,
          reason: goldReason,
          by: account,
        })
        .meta({ id: 'GoldCase' }),
    ),
  })
  .meta({ id: 'GoldCases' });
export type GoldCasesView = z.infer<typeof goldCasesSchema>;
export const goldCaseBody = z.strictObject({ verdict: judgement, reason: goldReason }).meta({ id: 'SetGoldCase' });
export type GoldCaseBody = z.infer<typeof goldCaseBody>;

export const calibrationSchema = z
  .object({
    result: calibrated
      .extend({
        observed: z.number().nullable().meta({ description: 'Share of verdicts that are those of the references' }),
        pabak: z.number().nullable(),
      })
      .meta({ id: 'OwnCalibration', description: 'Of the last finished run; null without one' }),
    isRequired: z.boolean().meta({ description: 'Whether feedback in training waits for a second review' }),
    run: z
      .object({
        runId: z.string(),
        done: count,
        total: count,
        caseId: z.uuid().meta({ description: 'The case that is shown now' }),
      })
      .nullable()
      .meta({ id: 'CalibrationRun', description: 'The run that is under way' }),
    position: position.nullable(),
  })
  .meta({ id: 'Calibration' });
export type CalibrationView = z.infer<typeof calibrationSchema>;
export const goldVerdictBody = z.strictObject({ caseId: z.uuid(), verdict: judgement }).meta({ id: 'GiveGoldVerdict' });
export type GoldVerdictBody = z.infer<typeof goldVerdictBody>;

const itemId = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be an id of small letters, digits and -');
const checklistShape = {
  title: words,
  passMark: z.number().int().min(1).max(100).meta({ description: 'Least score that passes, percent' }),
  items: z
    .array(
      z
        .object({
          itemId,
          title: words,
          anchors: z
            .array(words)
            .min(2)
            .max(6)
            .meta({ description: 'What behaviour earns 0 points, 1 point, and so on' }),
          weight: z.number().int().min(1).max(100),
          isAutoFail: z.boolean().meta({ description: 'No points here fail the whole audit' }),
        })
        .meta({ id: 'ChecklistItem' }),
    )
    .min(1)
    .max(30),
};
const checklistSchema = z
  .object({ checklistId: z.string(), version: count, kind: auditedKind, ...checklistShape })
  .meta({ id: 'Checklist' });
export const checklistListSchema = z.object({ items: z.array(checklistSchema) }).meta({ id: 'ChecklistList' });
export type ChecklistList = z.infer<typeof checklistListSchema>;
export const checklistBody = z.strictObject(checklistShape).meta({ id: 'SetChecklist' });
export type ChecklistBody = z.infer<typeof checklistBody>;
export const checklistParams = z.object({ portalId, kind: auditedKind });

const mark = z.strictObject({ itemId, points: z.number().int().min(0).max(10).nullable() }).meta({
  id: 'AuditMark',
  description: 'Null points: the item did not apply',
});
const audit = {
  auditId: z.uuid(),
  week: z.string().meta({ description: "Monday of the week in the portal's zone" }),
  seller: person,
  kind: auditedKind,
  about: z.string().meta({ description: 'The record, written kind:id' }),
  happenedAt: instant,
  portalUrl: z.string().nullable().meta({ description: 'The record in the portal' }),
  scored: z
    .object({
      marks: z.array(mark),
      score: z.number().nullable().meta({ description: 'Percent; null where nothing applied' }),
      isPassed: z.boolean(),
      failedBy: z.array(z.string()).meta({ description: 'Items that fail the audit by themselves' }),
      by: account,
      at: instant.nullable(),
    })
    .nullable()
    .meta({ id: 'AuditScore' }),
};
export const auditListSchema = z.object({ items: z.array(z.object(audit).meta({ id: 'AuditRow' })) }).meta({
  id: 'AuditList',
});
export type AuditList = z.infer<typeof auditListSchema>;
export const auditSchema = z.object({ ...audit, checklist: checklistSchema }).meta({ id: 'SampledAudit' });
export type AuditView = z.infer<typeof auditSchema>;
export const auditsQuery = z.object({
  state: z
    .enum(['open', 'scored'])
    .default('open')
    .meta({ description: '`open`: what one may score. `scored`: what one has scored' }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  ...readsAfter,
});
export type AuditsQuery = z.infer<typeof auditsQuery>;
export const auditParams = z.object({ portalId, auditId: z.uuid() });
export const auditScoreBody = z.strictObject({ marks: z.array(mark).max(30) }).meta({ id: 'ScoreAudit' });
export type AuditScoreBody = z.infer<typeof auditScoreBody>;

import { z } from 'zod';
import { ruleId, userId } from '../cases/cases.schemas.js';
import { day, readsAfter } from '../http/plain-values.js';

export const disciplineQuery = z.object({
  from: day.meta({ description: "First day, in the portal's zone" }),
  to: day.meta({ description: "First day after the period, in the portal's zone" }),
  ruleId: ruleId.optional(),
  person: userId.optional().meta({ description: 'User of the portal' }),
  ...readsAfter,
});
export type DisciplineQuery = z.infer<typeof disciplineQuery>;

const rate = z
  .object({ share: z.number(), low: z.number(), high: z.number() })
  .nullable()
  .meta({ id: 'DisciplineRate', description: 'With its 95 % interval by Wilson; null without a check' });
const count = z.number().int();
const person = z.object({ userId: z.string(), name: z.string().nullable() }).nullable();

export const disciplineSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    byRule: z.array(
      z.object({
        ruleId: z.string(),
        title: z
          .object({ ru: z.string(), en: z.string() })
          .nullable()
          .meta({ description: 'Null for a rule that is there no longer' }),
        violations: count,
        checks: z.number(),
        rate,
      }),
    ),
    byPerson: z.array(z.object({ person, violations: count, checks: z.number(), rate })),
    byWeek: z.array(z.object({ week: z.string(), violations: count, checks: z.number(), rate })),
    cells: z
      .array(z.object({ ruleId: z.string(), person, week: z.string(), violations: count, checks: z.number() }))
      .meta({ description: 'By rule, person and week at once' }),
    repeats: z.object({ answered: count, repeated: count, rate }),
    sla: z.array(z.object({ severity: z.string(), verdicts: count, inTime: count, overdue: count, rate })),
    stages: z.array(
      z.object({
        pipelineId: z.string(),
        pipelineName: z.string().nullable(),
        stageId: z.string(),
        stageName: z.string().nullable(),
        left: count,
        clean: count,
        rate,
      }),
    ),
  })
  .meta({ id: 'Discipline' });
export type DisciplineView = z.infer<typeof disciplineSchema>;

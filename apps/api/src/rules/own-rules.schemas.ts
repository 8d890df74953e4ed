import { z } from 'zod';
import { position } from '../http/plain-values.js';
import { backtestSchema, ruleViewSchema } from './rules.schemas.js';

const definition = z
  .record(z.string(), z.unknown())
  .meta({ id: 'RuleDefinition', description: 'A rule as its author writes it: see docs/rule-language.md' });

export const ruleDetailSchema = z
  .object({
    rule: ruleViewSchema,
    definition,
    draft: definition.nullable().meta({ description: 'What is being written and not in force' }),
    origins: z
      .record(z.string(), z.string())
      .meta({ description: 'Field → layer it comes from, `base` or `portal`; `rule` where all of it is the portal’s' }),
  })
  .meta({ id: 'RuleDetail' });
export type RuleDetail = z.infer<typeof ruleDetailSchema>;

export const writeBody = z
  .strictObject({ rule: definition })
  .meta({ id: 'WriteRule', description: 'The version is counted by the product, whatever stands in the rule' });
export type WriteBody = z.infer<typeof writeBody>;

export const writtenSchema = z
  .object({ position, version: z.number().int(), isChanged: z.boolean() })
  .meta({ id: 'WrittenRule' });

const diffSchema = z
  .object({
    added: z.array(z.string()),
    removed: z.array(z.string()),
    changed: z.array(
      z.object({
        ruleId: z.string(),
        fields: z.array(
          z
            .object({
              path: z.string().meta({ example: 'parameters.minutes' }),
              before: z.unknown().meta({ description: 'null where it is not there' }),
              after: z.unknown(),
            })
            .meta({ id: 'RuleFieldDifference' }),
        ),
      }),
    ),
  })
  .meta({ id: 'PackDiff' });
const layers = z
  .array(z.object({ id: z.string(), version: z.number().int() }).meta({ id: 'PackLayerName' }))
  .meta({ description: 'From the pack upwards; what is above counts' });

export const packDiffSchema = z.object({ layers, diff: diffSchema }).meta({ id: 'PortalPackDiff' });
export type PortalPackDiff = z.infer<typeof packDiffSchema>;

export const previewBody = z
  .strictObject({
    rules: z
      .array(definition)
      .max(100)
      .default([])
      .meta({ description: 'Rules of the pack as they would be, new ones among them' }),
    layers: z
      .array(
        z.strictObject({
          id: z.string().max(60),
          version: z.number().int(),
          rules: z.record(
            z.string().max(20),
            z.record(z.string().max(20), z.union([z.boolean(), z.string(), z.record(z.string(), z.unknown())])),
          ),
        }),
      )
      .max(5)
      .default([])
      .meta({ description: 'Layers above the pack, such as one for an industry' }),
  })
  .meta({ id: 'PreviewPack' });
export type PreviewBody = z.infer<typeof previewBody>;

export const previewSchema = z
  .object({
    layers,
    diff: diffSchema.meta({ id: 'UpgradeDiff' }),
    backtests: z
      .array(backtestSchema)
      .meta({ description: 'Trials on the recorded past of the rules that would find otherwise' }),
    notTried: z.array(z.string()).meta({ description: 'Rules that wait for a parameter, or are too many at once' }),
  })
  .meta({ id: 'PackPreview' });
export type PreviewView = z.infer<typeof previewSchema>;

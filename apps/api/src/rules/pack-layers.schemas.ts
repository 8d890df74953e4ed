import { z } from 'zod';
import { instant, portalId, position } from '../http/plain-values.js';
import { ruleScope } from './rules.schemas.js';

/** What a layer says differently, as its author writes it: the product reads it rule by rule and names what is wrong. */
const overrides = z
  .record(
    z.string().max(20),
    z.record(z.string().max(20), z.union([z.boolean(), z.string(), z.record(z.string(), z.unknown())])),
  )
  .meta({
    id: 'LayerRules',
    description:
      'Rule → what is different of it: `isOn`, `severity`, `grace`, `scope`, `parameters`, `title`, `clause`, `feedback`',
  });

const layerId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,39}$/, 'must be a short name of small letters, digits and hyphens, for example wholesale')
  .refine((id) => id !== 'base' && id !== 'portal', 'is the name of a layer that every portal has');
export const layerParams = z.object({ portalId, layerId });

export const layerBody = z
  .strictObject({ version: z.number().int().min(1), rules: overrides })
  .meta({ id: 'SetPackLayer' });
export type LayerBody = z.infer<typeof layerBody>;

export const layerListSchema = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          version: z.number().int(),
          rules: overrides,
          unfit: z.array(z.object({ ruleId: z.string(), why: z.string() })).meta({
            description: 'What it says of rules that the pack has no longer, or has otherwise; it counts for nothing',
          }),
        })
        .meta({ id: 'PackLayer' }),
    ),
  })
  .meta({ id: 'PackLayerList', description: 'From below upwards; what is above counts' });
export type LayerList = z.infer<typeof layerListSchema>;

export const layerSetSchema = z
  .object({
    position,
    switched: z
      .array(z.object({ ruleId: z.string(), status: z.enum(['active', 'off']) }))
      .meta({ description: 'Rules that were switched with it; what a person has switched stays as it is' }),
  })
  .meta({ id: 'PackLayerSet' });

export const scopeBody = z.strictObject({ scope: ruleScope }).meta({ id: 'SetRuleScope' });
export type ScopeBody = z.infer<typeof scopeBody>;

export const learnedLimitsSchema = z
  .object({
    limits: z
      .object({
        from: instant.meta({ description: 'What begins earlier keeps its limits' }),
        asOf: instant,
        week: z.iso.date(),
        stages: z.array(z.object({ stage: z.string(), days: z.number(), stays: z.number().int() })),
        amounts: z.array(
          z.object({
            pipeline: z.string(),
            currency: z.string(),
            limit: z.number().meta({ description: 'Hundredths of the currency' }),
            deals: z.number().int(),
          }),
        ),
        channels: z.array(
          z.object({
            channel: z.string().meta({ description: 'Id of a source, or `calls`, `mail`, `messages`' }),
            hours: z.number().int().meta({ description: 'Working hours' }),
            silences: z.number().int(),
          }),
        ),
      })
      .nullable()
      .meta({ id: 'LearnedLimits' }),
  })
  .meta({ id: 'LearnedLimitsAnswer' });

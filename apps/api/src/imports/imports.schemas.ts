import { schemeSchema } from '@funnelwatch/motivation';
import { z } from 'zod';
import { portalId } from '../http/plain-values.js';
import { planBody } from '../plans/plans.schemas.js';

const cell = z.union([z.string().max(500), z.number(), z.boolean(), z.null()]);
const cells = z
  .array(z.array(cell).max(26))
  .max(1000)
  .meta({ description: 'Rows of the first sheet of a workbook, as its cells stand' });

export const importParams = z.object({ portalId });
export const schemeImportBody = z
  .strictObject({ cells, schemeId: z.uuid().nullable().meta({ description: 'What the sheet is compared with' }) })
  .meta({ id: 'ImportScheme' });
export type SchemeImportBody = z.infer<typeof schemeImportBody>;
export const planImportBody = z
  .strictObject({ cells, planId: z.uuid().nullable().meta({ description: 'What the sheet is compared with' }) })
  .meta({ id: 'ImportPlan' });
export type PlanImportBody = z.infer<typeof planImportBody>;

const shared = {
  errors: z
    .array(
      z
        .object({
          cell: z.string().meta({ example: 'B3' }),
          code: z.enum([
            ...['LABEL_UNKNOWN', 'LABEL_TWICE', 'LABEL_MISSING', 'COLUMN_UNKNOWN', 'VALUE_MISSING', 'VALUE_INVALID'],
          ] as [string, ...string[]]),
          value: z.string(),
          expected: z.string(),
        })
        .meta({ id: 'CellError' }),
    )
    .meta({ description: 'Everything that is wrong, by cell; with any of it nothing is used' }),
  changes: z
    .array(
      z
        .object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() })
        .meta({ id: 'SheetChange' }),
    )
    .meta({ description: 'What it changes in what it is compared with' }),
};
export const schemeImportSchema = z
  .object({ scheme: schemeSchema.nullable(), sellerIds: z.array(z.string()), ...shared })
  .meta({ id: 'ImportedScheme' });
export type SchemeImportView = z.infer<typeof schemeImportSchema>;
export const planImportSchema = z
  .object({ content: planBody.shape.content.nullable(), ...shared })
  .meta({ id: 'ImportedPlan' });
export type PlanImportView = z.infer<typeof planImportSchema>;

const sheet = z.object({ cells: z.array(z.array(cell)) });
export const schemeSheetQuery = z.strictObject({ schemeId: z.uuid().optional() });
export const planSheetQuery = z.strictObject({ planId: z.uuid().optional() });
export const sheetSchema = sheet.meta({ id: 'SheetCells' });

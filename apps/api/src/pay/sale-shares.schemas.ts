import { z } from 'zod';
import { userId } from '../cases/cases.schemas.js';
import { portalId, position, readsAfter, recordId } from '../http/plain-values.js';

export const saleParams = z.object({ portalId, recordId });
export const sharesQuery = z.strictObject({ ...readsAfter });

const share = z
  .string()
  .regex(/^(0\.\d{1,4}|1)$/, 'must be a decimal such as 0.5')
  .meta({ description: 'A decimal share as text', example: '0.5' });
export const shareSaleBody = z
  .strictObject({
    shares: z
      .array(z.strictObject({ userId, share }))
      .max(10)
      .meta({ description: 'Together they make 1; none: the sale is its owner’s again' }),
  })
  .meta({ id: 'ShareSale' });
export type ShareSaleBody = z.infer<typeof shareSaleBody>;

export const saleSharesSchema = z
  .object({
    items: z.array(
      z
        .object({
          dealId: z.string(),
          shares: z.array(z.object({ userId: z.string(), name: z.string().nullable(), share: z.string() })),
        })
        .meta({ id: 'SharedSale' }),
    ),
  })
  .meta({ id: 'SharedSales' });
export const saleSharedSchema = z
  .object({ position: position.meta({ description: 'Pass it as minPosition to see the change' }) })
  .meta({ id: 'SaleShareChanged' });

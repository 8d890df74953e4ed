import type { JsonObject } from '@funnelwatch/kernel';
import { type FieldMap, extra, field, mapRow, repeated } from './field-map.js';
import { noFieldTypes, type Observation, type PortalRow } from './observation.js';
import { codeOf, decimalOf, flagOf, idOf, integerOf, moneyOf, rawOf, textOf } from './scalars.js';

/** Owner kinds with product rows and the short symbols by which the portal names them. */
export const productRowOwners = { deal: 'D', lead: 'L', invoice: 'SI' } as const;
export type ProductRowOwnerKind = keyof typeof productRowOwners;

const rowFields: FieldMap = {
  id: field('rowId', idOf),
  ownerId: repeated,
  ownerType: repeated,
  productId: field('productId', idOf),
  productName: field('productName', textOf),
  price: field('priceKopecks', moneyOf),
  priceAccount: field('priceAccountKopecks', moneyOf),
  priceExclusive: field('priceExclusiveKopecks', moneyOf),
  priceNetto: field('priceNettoKopecks', moneyOf),
  priceBrutto: field('priceBruttoKopecks', moneyOf),
  quantity: field('quantity', decimalOf),
  discountTypeId: field('discountTypeId', codeOf),
  discountRate: field('discountRatePercent', decimalOf),
  discountSum: field('discountKopecks', moneyOf),
  taxRate: field('taxRatePercent', decimalOf),
  taxIncluded: field('isTaxIncluded', flagOf),
  customized: field('isCustomized', flagOf),
  measureCode: field('measureCode', codeOf),
  measureName: field('measureName', textOf),
  sort: field('sort', integerOf),
  type: field('type', codeOf),
  storeId: extra(rawOf),
  xmlId: extra(rawOf),
};

/** The whole set of rows of one owner, from `crm.item.productrow.list`. Product names are not personal. */
export function normaliseProductRows(
  ownerKind: ProductRowOwnerKind,
  ownerId: string,
  rows: PortalRow[],
  ownerChangedAt: string | null,
): Observation {
  const normalised = rows
    .map((row): JsonObject => {
      const { fields, extra: own, personal } = mapRow(rowFields, row, noFieldTypes);
      const rest = { ...own, ...personal };
      return Object.keys(rest).length === 0 ? fields : { ...fields, extra: rest };
    })
    .sort((a, b) => Number(a['rowId']) - Number(b['rowId']));
  return {
    kind: 'product-rows',
    id: `${productRowOwners[ownerKind]}:${ownerId}`,
    fields: { ownerKind, ownerObjectId: ownerId, rows: normalised },
    extra: {},
    personal: {},
    appearedAt: ownerChangedAt,
    changedAt: ownerChangedAt,
    createdBy: null,
    changedBy: null,
  };
}

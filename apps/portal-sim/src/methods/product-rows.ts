import type { PortalFields } from '@funnelwatch/portal-generator';
import { entityTypes } from '../model/entity-types.js';
import { offsetPage } from '../protocol/list-page.js';
import { either, listOf, mapOf, numberOf, textOf } from '../protocol/parameters.js';
import { classicError, RestError } from '../protocol/rest-error.js';
import { requireRecord } from './crm-classic.js';
import { startOf } from './list-request.js';
import { type CallContext, listMethod, type Method, method } from './method.js';

interface NumberedRow {
  id: number;
  ownerType: string;
  ownerId: number;
  fields: PortalFields;
}

function rowsOf(context: CallContext, ownerType: string, ownerId: number): NumberedRow[] {
  const rows = context.model.productRows.get(`${ownerType}:${ownerId}`) ?? [];
  // A set of rows is replaced as a whole, so its place within the owner makes an id that only this owner has.
  return rows.map((fields, index) => ({ id: ownerId * 100 + index + 1, ownerType, ownerId, fields }));
}

function classicRow({ id, ownerType, ownerId, fields }: NumberedRow): PortalFields {
  const price = Number(fields.PRICE ?? 0);
  const discount = Number(fields.DISCOUNT_SUM ?? 0);
  return {
    ID: String(id),
    OWNER_ID: String(ownerId),
    OWNER_TYPE: ownerType,
    PRODUCT_ID: Number(fields.PRODUCT_ID ?? 0),
    PRODUCT_NAME: fields.PRODUCT_NAME ?? '',
    ORIGINAL_PRODUCT_NAME: fields.PRODUCT_NAME ?? '',
    PRODUCT_DESCRIPTION: null,
    PRICE: price,
    PRICE_EXCLUSIVE: price,
    PRICE_NETTO: price + discount,
    PRICE_BRUTTO: price + discount,
    PRICE_ACCOUNT: price.toFixed(2),
    QUANTITY: Number(fields.QUANTITY ?? 1),
    DISCOUNT_TYPE_ID: Number(fields.DISCOUNT_TYPE_ID ?? 2),
    DISCOUNT_RATE: Number(fields.DISCOUNT_RATE ?? 0),
    DISCOUNT_SUM: discount,
    TAX_RATE: fields.TAX_RATE ?? null,
    TAX_INCLUDED: fields.TAX_INCLUDED ?? 'Y',
    CUSTOMIZED: fields.CUSTOMIZED ?? 'Y',
    MEASURE_CODE: Number(fields.MEASURE_CODE ?? 796),
    MEASURE_NAME: fields.MEASURE_NAME ?? 'шт',
    SORT: Number(fields.SORT ?? 10),
    XML_ID: null,
    TYPE: 1,
    STORE_ID: 0,
  };
}

function itemRow(row: NumberedRow): PortalFields {
  const { fields } = row;
  const price = Number(fields.PRICE ?? 0);
  const discount = Number(fields.DISCOUNT_SUM ?? 0);
  return {
    id: row.id,
    ownerId: row.ownerId,
    ownerType: row.ownerType,
    productId: Number(fields.PRODUCT_ID ?? 0),
    productName: fields.PRODUCT_NAME ?? '',
    price,
    priceAccount: price,
    priceExclusive: price,
    priceNetto: price + discount,
    priceBrutto: price + discount,
    quantity: Number(fields.QUANTITY ?? 1),
    discountTypeId: Number(fields.DISCOUNT_TYPE_ID ?? 2),
    discountRate: Number(fields.DISCOUNT_RATE ?? 0),
    discountSum: discount,
    taxRate: fields.TAX_RATE ?? null,
    taxIncluded: fields.TAX_INCLUDED ?? 'Y',
    customized: fields.CUSTOMIZED ?? 'Y',
    measureCode: Number(fields.MEASURE_CODE ?? 796),
    measureName: fields.MEASURE_NAME ?? 'шт',
    sort: Number(fields.SORT ?? 10),
    xmlId: null,
    type: 4,
    storeId: null,
  };
}

/** Product rows of deals, leads and invoices, in both spellings. */
export const productRowMethods: Method[] = [
  method('crm.deal.productrows.get', 'crm', (parameters, context) => {
    const record = requireRecord('deal', either(parameters, 'id', 'ID'), context);
    return rowsOf(context, 'D', record.id).map(classicRow);
  }),
  method('crm.deal.productrows.set', 'crm', (parameters, context) => {
    const record = requireRecord('deal', either(parameters, 'id', 'ID'), context);
    if (typeof parameters.rows !== 'object' || parameters.rows === null) {
      throw classicError("Parameter 'rows' must be array.");
    }
    const rows = listOf(parameters.rows) as PortalFields[];
    context.write({ op: 'set-product-rows', ownerType: 'D', ownerId: String(record.id), rows });
    return true;
  }),
  listMethod('crm.item.productrow.list', 'crm', (parameters, context) => {
    const filter = mapOf(parameters.filter);
    const ownerType = textOf(filter['=ownerType']);
    const wanted = filter['=ownerId'];
    if (ownerType === '' || wanted === undefined) {
      throw new RestError('100', "Filter must have the fields '=ownerType' and '=ownerId'", 400);
    }
    const type = entityTypes.find((candidate) => candidate.short === ownerType);
    if (!type) throw new RestError('NOT_FOUND', 'Owner type is not known', 400);
    const ownerIds = listOf(wanted).map(numberOf);
    const visible = context.visibility(type.entity);
    const rows = ownerIds.flatMap((ownerId) => {
      const owner = context.model.tables[type.entity].get(ownerId);
      return owner && (!visible || visible(owner)) ? rowsOf(context, ownerType, ownerId) : [];
    });
    const above = numberOf(filter['>id']);
    const matching = (Number.isNaN(above) ? rows : rows.filter((row) => row.id > above)).sort(
      (one, other) => one.id - other.id,
    );
    const page = offsetPage(matching, { start: startOf(parameters), floorsStart: false });
    const { rows: shown, ...counts } = page;
    return { result: { productRows: shown.map(itemRow) }, ...counts };
  }),
];

import type { PortalModel } from '../model/portal-model.js';
import type { PortalRecord } from '../model/record-table.js';
import { stageDictionaryOf } from '../model/stage-dictionary.js';
import { numberOf } from '../protocol/parameters.js';
import { RestError } from '../protocol/rest-error.js';
import { classicDialect, classicOrder } from './dialects.js';
import { listRecords } from './list-request.js';
import { listMethod, type Method, method } from './method.js';

const plainDictionaries: Record<string, string> = {
  STATUS: 'Статусы лида',
  SOURCE: 'Источники',
  CONTACT_TYPE: 'Тип контакта',
  COMPANY_TYPE: 'Тип компании',
  EMPLOYEES: 'Кол-во сотрудников',
  INDUSTRY: 'Сфера деятельности',
  DEAL_TYPE: 'Тип сделки',
  HONORIFIC: 'Обращения',
};

function statusView({ fields }: PortalRecord): Record<string, unknown> {
  const semantics = fields.SEMANTICS;
  const meaning = semantics === 'S' ? 'success' : semantics === 'F' ? 'failure' : 'process';
  const isStage = /STAGE|^STATUS$/.test(String(fields.ENTITY_ID));
  return isStage ? { ...fields, EXTRA: { SEMANTICS: meaning, COLOR: fields.COLOR ?? '' } } : { ...fields };
}

function entityTypeRows(model: PortalModel): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  for (const [id, name] of Object.entries(plainDictionaries)) {
    if (model.stages.rows(id).length === 0) continue;
    const described = id === 'STATUS' ? { ...stageInfo(model, 'STATUS'), ENTITY_TYPE_ID: 1, IS_ENABLED: true } : {};
    rows.push({ ID: id, NAME: name, ...described });
  }
  for (const category of model.stages.allCategories()) {
    const entity = category.entityTypeId === 31 ? 'invoice' : 'deal';
    const id = stageDictionaryOf(entity, category.id);
    const isDefaultDeal = id === 'DEAL_STAGE';
    rows.push({
      ID: id,
      NAME: `Стадии: ${category.name}`,
      ...(isDefaultDeal ? {} : { PARENT_ID: entity === 'deal' ? 'DEAL_STAGE' : 'SMART_INVOICE_STAGE' }),
      ...(entity === 'deal' ? stageInfo(model, id) : { SEMANTIC_INFO: [] }),
      PREFIX: isDefaultDeal ? '' : entity === 'deal' ? `C${category.id}` : `DT31_${category.id}`,
      FIELD_ATTRIBUTE_SCOPE: isDefaultDeal ? '' : `category_${category.id}`,
      ENTITY_TYPE_ID: category.entityTypeId,
      IS_ENABLED: true,
      CATEGORY_ID: category.id,
    });
  }
  return rows;
}

function stageInfo(model: PortalModel, dictionary: string): Record<string, unknown> {
  const rows = model.stages.rows(dictionary);
  const find = (semantics: string) => rows.find((row) => row.fields.SEMANTICS === semantics);
  return {
    SEMANTIC_INFO: {
      START_FIELD: rows[0]?.fields.STATUS_ID ?? '',
      FINAL_SUCCESS_FIELD: find('S')?.fields.STATUS_ID ?? '',
      FINAL_UNSUCCESS_FIELD: find('F')?.fields.STATUS_ID ?? '',
      FINAL_SORT: 0,
    },
  };
}

/** Pipelines, stages, dictionaries and currencies. */
export const dictionaryMethods: Method[] = [
  listMethod('crm.category.list', 'crm', (parameters, { model }) => {
    const entityTypeId = numberOf(parameters.entityTypeId);
    if (Number.isNaN(entityTypeId))
      throw new RestError('100', 'Could not find value for parameter {entityTypeId}', 400);
    if (![2, 31].includes(entityTypeId))
      throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', 'Entity type does not support categories', 400);
    const categories = model.stages.categories(entityTypeId).map((category) => ({
      id: category.id,
      name: category.name,
      sort: category.sort,
      entityTypeId,
      isDefault: category.isDefault ? 'Y' : 'N',
      ...(category.id === 0 ? {} : { originId: '', originatorId: '' }),
    }));
    return { result: { categories }, total: categories.length };
  }),
  listMethod('crm.status.list', 'crm', (parameters, { model }) => {
    for (const name of ['filter', 'order'] as const) {
      const value = parameters[name];
      if (value !== undefined && (typeof value !== 'object' || value === null)) {
        throw new RestError('Invalid parameters.', 'Invalid parameters.', 400);
      }
    }
    const rows: PortalRecord[] = [];
    for (let start = 0; ; start += 50) {
      const page = listRecords(model.tables.status, {
        filter: parameters.filter,
        dialect: classicDialect(model, 'status'),
        order: classicOrder(model, 'status', parameters.order ?? { SORT: 'ASC', ID: 'ASC' }),
        start,
        floorsStart: false,
        visible: undefined,
      });
      rows.push(...page.rows);
      if (page.next === undefined) break;
    }
    return { result: rows.map(statusView), total: rows.length };
  }),
  method('crm.status.entity.types', 'crm', (_parameters, { model }) => entityTypeRows(model)),
  listMethod('crm.currency.list', 'crm', (_parameters, { model }) => ({
    result: [...model.currencies.values()].map((currency) => ({
      CURRENCY: currency.CURRENCY,
      AMOUNT_CNT: '1',
      AMOUNT: '1.0000',
      SORT: '100',
      BASE: 'N',
      FULL_NAME: currency.CURRENCY,
      LID: 'ru',
      FORMAT_STRING: '# &#8381;',
      DEC_POINT: '.',
      THOUSANDS_SEP: '&nbsp;',
      DECIMALS: '2',
      ...currency,
    })),
    total: 0,
  })),
  method('crm.currency.base.get', 'crm', (_parameters, { model }) => model.baseCurrency),
];

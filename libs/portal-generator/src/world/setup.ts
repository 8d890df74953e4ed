import { type PipelineParameters, type StageParameters, pipelineIdOf } from '../parameters/company-parameters.js';
import type { PortalFields } from '../script.js';
import { latin } from '../texts/identifiers.js';
import { instantText, wholeSecond } from './portal-calendar.js';
import type { StageRows } from './stage-rows.js';
import type { World } from './world.js';

const ADMIN = '1';

/** Answers of the loss reason field that give no ground. */
export const LOSS_REASONS = { price: '101', stock: '102', budget: '103', silent: '104', other: '105' } as const;

/** Who holds what waits for a seller: records handed back go to this user. */
export const QUEUE_USER_ID = ADMIN;

/** ENTITY_ID of the dictionary that holds the stages of a pipeline. */
function stageDictionaryOf(pipeline: Pick<PipelineParameters, 'kind' | 'categoryId'>): string {
  if (pipeline.kind === 'lead') return 'STATUS';
  if (pipeline.kind === 'invoice') return `SMART_INVOICE_STAGE_${pipeline.categoryId}`;
  return pipeline.categoryId === '0' ? 'DEAL_STAGE' : `DEAL_STAGE_${pipeline.categoryId}`;
}

/** Brings the company into being: currencies, departments, people, pipelines, dictionaries, user fields. */
export function setUpCompany(world: World, rows: StageRows): void {
  addCurrencies(world);
  addPeople(world);
  world.reserveIds('status', 100);
  for (const pipeline of world.parameters.pipelines) {
    if (pipeline.kind !== 'lead') addCategory(world, pipeline);
    for (const stage of pipeline.stages) addStage(world, rows, pipeline, stage);
  }
  addDictionaries(world);
  addUserFields(world);
}

export function addStage(world: World, rows: StageRows, pipeline: PipelineParameters, stage: StageParameters): void {
  const id = world.nextId('status');
  rows.remember(pipelineIdOf(pipeline), stage.id, id);
  const fields: PortalFields = {
    ENTITY_ID: stageDictionaryOf(pipeline),
    STATUS_ID: stage.id,
    NAME: stage.name,
    NAME_INIT: stage.name,
    SORT: String(stage.sort),
    SYSTEM: stage.id.includes('UC_') ? 'N' : 'Y',
    CATEGORY_ID: pipeline.kind === 'lead' ? null : pipeline.categoryId,
    COLOR: stage.color,
    SEMANTICS: stage.semantics === 'P' ? null : stage.semantics,
  };
  world.add('status', fields, ADMIN, id);
}

function addCurrencies(world: World): void {
  const { currency, foreignCurrency } = world.parameters;
  world.add('currency', currencyFields('Российский рубль', '1.0000', '100', 'Y'), ADMIN, currency);
  const foreign = currencyFields(foreignCurrency.name, foreignCurrency.rate, '200', 'N');
  world.add('currency', foreign, ADMIN, foreignCurrency.code);
}

function currencyFields(name: string, rate: string, sort: string, base: string): PortalFields {
  return { FULL_NAME: name, AMOUNT_CNT: '1', AMOUNT: rate, SORT: sort, BASE: base, LID: 'ru', DECIMALS: '2' };
}

function addPeople(world: World): void {
  const { departments, people, startAt } = world.parameters;
  for (const department of departments) {
    const fields: PortalFields = { NAME: department.name, SORT: 500 };
    if (department.parentId) fields['PARENT'] = department.parentId;
    if (department.headId) fields['UF_HEAD'] = department.headId;
    world.add('department', fields, ADMIN, department.id);
  }
  const registered = instantText(wholeSecond(startAt));
  for (const person of people) {
    const fields: PortalFields = {
      ACTIVE: true,
      NAME: person.name,
      LAST_NAME: person.lastName,
      SECOND_NAME: person.secondName,
      EMAIL: `${latin(person.lastName)}@torgovy-dom.internal`,
      PERSONAL_GENDER: person.gender,
      WORK_POSITION: person.position,
      WORK_PHONE: `+7 495 120-00-${person.id.padStart(2, '0')}`,
      UF_DEPARTMENT: [Number(person.departmentId)],
      DATE_REGISTER: registered,
      TIME_ZONE: '',
      USER_TYPE: 'employee',
    };
    world.add('user', fields, ADMIN, person.id);
  }
  world.reserveIds('user', people.length);
}

function addCategory(world: World, pipeline: PipelineParameters): void {
  const fields: PortalFields = {
    entityTypeId: pipeline.kind === 'deal' ? 2 : 31,
    name: pipeline.name,
    sort: pipeline.sort,
    isDefault: pipeline.kind === 'invoice' || pipeline.categoryId === '0' ? 'Y' : 'N',
  };
  world.add('category', fields, ADMIN, pipeline.categoryId);
}

/** The source of what a partner brings, seldom enough for his silence to be noticed. */
export const PARTNER_SOURCE = 'PARTNER';

const dictionaries: Record<string, readonly (readonly [string, string])[]> = {
  SOURCE: [
    ['CALL', 'Звонок'],
    ['WEB', 'Сайт'],
    ['EMAIL', 'Электронная почта'],
    ['RECOMMENDATION', 'По рекомендации'],
    ['TRADE_SHOW', 'Выставка'],
    [PARTNER_SOURCE, 'Партнёр'],
    ['REPEAT_SALE', 'Повторные продажи'],
    ['OTHER', 'Другое'],
  ],
  DEAL_TYPE: [
    ['SALE', 'Продажа'],
    ['SERVICES', 'Услуги'],
  ],
  CONTACT_TYPE: [
    ['CLIENT', 'Клиенты'],
    ['PARTNER', 'Партнёры'],
  ],
  COMPANY_TYPE: [
    ['CUSTOMER', 'Клиент'],
    ['SUPPLIER', 'Поставщик'],
  ],
  INDUSTRY: [
    ['MANUFACTURING', 'Производство'],
    ['CONSULTING', 'Услуги'],
    ['OTHER', 'Другое'],
  ],
  EMPLOYEES: [
    ['EMPLOYEES_1', 'менее 50'],
    ['EMPLOYEES_2', '50–250'],
  ],
  HONORIFIC: [
    ['HNR_RU_1', 'г-н'],
    ['HNR_RU_2', 'г-жа'],
  ],
};

/** Codes of the dictionary of sources that live people use, but for the partner's. */
export const SOURCES = ['CALL', 'WEB', 'EMAIL', 'RECOMMENDATION', 'TRADE_SHOW', 'REPEAT_SALE'] as const;

function addDictionaries(world: World): void {
  for (const [dictionary, entries] of Object.entries(dictionaries)) {
    entries.forEach(([code, name], place) => {
      const fields: PortalFields = {
        ENTITY_ID: dictionary,
        STATUS_ID: code,
        NAME: name,
        NAME_INIT: name,
        SORT: String((place + 1) * 10),
        SYSTEM: 'N',
        CATEGORY_ID: null,
        COLOR: '',
        SEMANTICS: null,
      };
      world.add('status', fields, ADMIN);
    });
  }
}

function addUserFields(world: World): void {
  const reasons = [
    [LOSS_REASONS.price, 'Дорого'],
    [LOSS_REASONS.stock, 'Нет в наличии'],
    [LOSS_REASONS.budget, 'Нет бюджета'],
    [LOSS_REASONS.silent, 'Перестал отвечать'],
    [LOSS_REASONS.other, 'Другое'],
  ] as const;
  const list = reasons.map(([id, value], place) => ({ ID: id, VALUE: value, SORT: String(place * 10), DEF: 'N' }));
  for (const entity of ['CRM_LEAD', 'CRM_DEAL']) {
    addUserField(world, entity, 'UF_CRM_LOSS_REASON', 'enumeration', 'Причина отказа', list);
  }
  addUserField(world, 'CRM_DEAL', 'UF_CRM_DELIVERY_CITY', 'string', 'Город доставки', null);
  addUserField(world, 'CRM_DEAL', 'UF_CRM_DELIVERY_DATE', 'date', 'Срок поставки', null);
  addUserField(world, 'CRM_COMPANY', 'UF_CRM_KEY_CLIENT', 'boolean', 'Ключевой клиент', null);
  addUserField(world, 'CRM_DEAL', 'UF_CRM_DISCOUNT_APPROVED', 'boolean', 'Скидка согласована', null);
  addUserField(world, 'CRM_CONTACT', 'UF_CRM_CONSENT', 'boolean', 'Согласие на обработку данных', null);
}

function addUserField(
  world: World,
  entity: string,
  name: string,
  type: string,
  label: string,
  list: PortalFields[] | null,
): void {
  const fields: PortalFields = {
    ENTITY_ID: entity,
    FIELD_NAME: name,
    USER_TYPE_ID: type,
    XML_ID: null,
    SORT: '100',
    MULTIPLE: 'N',
    MANDATORY: 'N',
    EDIT_FORM_LABEL: label,
    SETTINGS: {},
  };
  if (list) fields['LIST'] = list;
  world.add('userfield', fields, ADMIN);
}

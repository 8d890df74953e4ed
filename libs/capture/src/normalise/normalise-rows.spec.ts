import { describe, expect, it } from '@jest/globals';
import { normaliseActivity } from './activity.js';
import { normaliseCall } from './call.js';
import { normaliseContact } from './contact.js';
import { normaliseDeal } from './deal.js';
import { normaliseInvoice } from './invoice.js';
import { normaliseLead } from './lead.js';
import { noFieldTypes } from './observation.js';
import { normaliseProductRows } from './product-rows.js';
import { normaliseStageHistoryRow } from './stage-history.js';
import { normaliseTask } from './task.js';
import { normaliseUser } from './user.js';

const dealRow = {
  ID: '410',
  TITLE: 'Поставка',
  TYPE_ID: 'SALE',
  STAGE_ID: 'C5:NEW',
  CATEGORY_ID: '5',
  STAGE_SEMANTIC_ID: 'P',
  PROBABILITY: null,
  CURRENCY_ID: 'RUB',
  OPPORTUNITY: '150000.50',
  TAX_VALUE: '0.00',
  LEAD_ID: null,
  COMPANY_ID: '9',
  CONTACT_ID: '0',
  BEGINDATE: '2026-09-01T03:00:00+03:00',
  CLOSEDATE: '2026-09-08T03:00:00+03:00',
  ASSIGNED_BY_ID: '1',
  CREATED_BY_ID: '2',
  MODIFY_BY_ID: '3',
  MOVED_BY_ID: '4',
  DATE_CREATE: '2026-09-01T14:29:00+03:00',
  DATE_MODIFY: '2026-09-02T14:29:00+03:00',
  MOVED_TIME: '2026-09-01T14:29:00+03:00',
  OPENED: 'Y',
  CLOSED: 'N',
  COMMENTS: '',
  SOURCE_ID: 'CALL',
  UF_CRM_1: '67',
  UF_CRM_2: 'свободный текст',
  UF_CRM_3: 'текст поля, которого никто не знает',
  UF_CRM_4: '2026-09-05T03:00:00+03:00',
  PARENT_ID_156: '12',
  NEW_FIELD_OF_THE_VENDOR: 'что угодно',
};
const dealTypes = new Map([
  ['UF_CRM_1', 'enumeration'],
  ['UF_CRM_2', 'string'],
  ['UF_CRM_4', 'date'],
]);

describe('a deal of the classic list', () => {
  const deal = normaliseDeal(dealRow, dealTypes);

  it('gets canonical ids, times, dates and kopecks', () => {
    expect(deal).toMatchObject({
      kind: 'deal',
      id: '410',
      fields: {
        pipelineId: 'deal:5',
        stageId: 'C5:NEW',
        stageSemantics: 'P',
        amountKopecks: '15000050',
        companyId: '9',
        contactId: null,
        leadId: null,
        createdAt: '2026-09-01T11:29:00.000Z',
        modifiedAt: '2026-09-02T11:29:00.000Z',
        expectedCloseDate: '2026-09-08',
        closed: false,
      },
      createdBy: '2',
      changedBy: '3',
    });
  });

  it('keeps lists and dates of the portal in clear and seals text, unknown types and unknown fields', () => {
    expect(deal.extra).toEqual({ UF_CRM_1: '67', UF_CRM_4: '2026-09-05', PARENT_ID_156: '12' });
    expect(deal.personal).toEqual({
      title: 'Поставка',
      UF_CRM_2: 'свободный текст',
      UF_CRM_3: 'текст поля, которого никто не знает',
      NEW_FIELD_OF_THE_VENDOR: 'что угодно',
    });
  });

  it('drops no field: each is canonical, own, personal or said by another one', () => {
    const kept = [...Object.values(deal.fields), ...Object.values(deal.extra), ...Object.values(deal.personal)];
    const filled = Object.entries(dealRow).filter(([name, value]) => name !== 'ID' && value !== '' && value !== null);
    expect(kept.filter((value) => value !== null).length).toBeGreaterThanOrEqual(filled.length - 1);
  });

  it('has the same fields when the portal leaves empty ones out', () => {
    const sparse = normaliseDeal({ ID: '1', STAGE_ID: 'NEW' }, noFieldTypes);
    expect(Object.keys(sparse.fields).sort()).toEqual(Object.keys(deal.fields).sort());
    expect(sparse.fields).toMatchObject({ pipelineId: 'deal:0', amountKopecks: '0', currency: null, closed: false });
  });
});

describe('other rows', () => {
  it('a lead stands in the one pipeline of leads; its channels are personal', () => {
    const lead = normaliseLead(
      {
        ID: 7,
        STATUS_ID: 'JUNK',
        STATUS_SEMANTIC_ID: 'F',
        PHONE: [{ ID: '5', VALUE: '+7 999', VALUE_TYPE: 'WORK' }],
        BIRTHDATE: '',
      },
      noFieldTypes,
    );
    expect(lead.fields).toMatchObject({ pipelineId: 'lead:0', stageId: 'JUNK', stageSemantics: 'F' });
    expect(lead.personal).toEqual({ phones: [{ id: '5', value: '+7 999', type: 'WORK' }] });
  });

  it('an invoice of the item list has the same canonical names, JSON numbers read exactly', () => {
    const invoice = normaliseInvoice(
      {
        id: 3,
        entityTypeId: 31,
        categoryId: 2,
        stageId: 'DT31_2:P',
        opportunity: 999.99,
        companyId: 0,
        parentId2: 410,
      },
      noFieldTypes,
      () => 'S',
    );
    expect(invoice.fields).toMatchObject({
      pipelineId: 'invoice:2',
      stageSemantics: 'S',
      amountKopecks: '99999',
      companyId: null,
      dealId: '410',
    });
  });

  it('an activity names its owner, direction and number of files; contents are personal', () => {
    const activity = normaliseActivity({
      ID: '77',
      OWNER_ID: '410',
      OWNER_TYPE_ID: '2',
      TYPE_ID: '2',
      DIRECTION: '1',
      COMPLETED: 'Y',
      SETTINGS: [],
      SUBJECT: 'Звонок',
      FILES: [{ id: 1, url: 'https://x/1' }],
      DEADLINE: '9999-12-31T00:00:00+03:00',
    });
    expect(activity.fields).toMatchObject({
      ownerKind: 'deal',
      ownerObjectId: '410',
      direction: 'incoming',
      completed: true,
      fileCount: 1,
      deadline: null,
    });
    expect(Object.keys(activity.personal).sort()).toEqual(['files', 'subject']);
  });

  it('a user keeps no telemetry, dates in any shape do no harm', () => {
    const user = normaliseUser({
      ID: '4',
      ACTIVE: true,
      NAME: 'Анна',
      UF_DEPARTMENT: [1, 5],
      TIMESTAMP_X: {},
      LAST_ACTIVITY_DATE: '24.08.2026 13:19:39',
      IS_ONLINE: 'Y',
      WORK_PHONE: '+7 495 000-00-01',
    });
    expect(user.fields).toMatchObject({ active: true, departmentIds: ['1', '5'] });
    expect(JSON.stringify(user)).not.toMatch(/ONLINE|24\.08/);
    expect(user.personal).toEqual({
      name: 'Анна',
      phones: [{ id: null, value: '+7 495 000-00-01', type: 'WORK_PHONE' }],
    });
  });

  it('calls, tasks, contacts and product rows have their times, links and exact money', () => {
    expect(
      normaliseCall({ ID: '5', CALL_TYPE: '1', CALL_DURATION: '61', CRM_ENTITY_TYPE: 'LEAD' }).fields,
    ).toMatchObject({
      direction: 'outgoing',
      durationSeconds: 61,
      crmKind: 'lead',
    });
    const task = normaliseTask({ id: '3', ufCrmTask: ['D_410'], creator: { name: 'Анна' }, notViewed: 'Y' });
    expect(task.fields).toMatchObject({ crmBindings: ['D_410'] });
    expect(task.personal).toEqual({ creator: { name: 'Анна' } });
    expect(normaliseContact({ ID: '1', COMPANY_ID: '0' }, noFieldTypes).fields).toMatchObject({ companyId: null });
    const rows = normaliseProductRows(
      'deal',
      '410',
      [
        { id: 2, price: 81818.18, quantity: 1.5 },
        { id: 1, price: 1 },
      ],
      null,
    );
    expect(rows).toMatchObject({
      id: 'D:410',
      fields: {
        rows: [
          { rowId: '1', priceKopecks: '100' },
          { rowId: '2', priceKopecks: '8181818', quantity: '1.5' },
        ],
      },
    });
  });

  it('a history row of any build reads the same; one without an owner is none', () => {
    const row = { ID: '35', TYPE_ID: '5', OWNER_ID: '21', CREATED_TIME: '2026-04-25T14:59:11+00:00', CATEGORY_ID: '0' };
    expect(normaliseStageHistoryRow('deal', { ...row, STAGE_ID: 'NEW', STAGE_SEMANTIC_ID: 'P' })).toEqual({
      kind: 'deal',
      ownerId: '21',
      rowId: 35,
      pipelineId: 'deal:0',
      stageId: 'NEW',
      semantics: 'P',
      movedAt: '2026-04-25T14:59:11.000Z',
      entry: 'pipeline-changed',
    });
    expect(normaliseStageHistoryRow('lead', { ...row, ID: 35, OWNER_ID: 21, STATUS_ID: 'NEW' })).toMatchObject({
      pipelineId: 'lead:0',
      rowId: 35,
    });
    expect(normaliseStageHistoryRow('deal', { ID: 1 })).toBeNull();
  });
});

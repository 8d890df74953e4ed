import { describe, expect, it } from '@jest/globals';
import {
  type CompanyParameters,
  defaultCompany,
  type Facts,
  generate,
  historyFacts,
  randomCompany,
  scriptUntil,
} from '@funnelwatch/portal-generator';
import { entityTypeById, entityTypeOf } from './entity-types.js';
import { PortalModel } from './portal-model.js';
import type { PortalRecord } from './record-table.js';

type Card = Facts['cards'][number];

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
const id = (value: unknown): string | null => (text(value) === '0' ? null : text(value));
const day = (value: unknown): string | null => {
  const told = text(value);
  return told === null ? null : new Date(told).toISOString().slice(0, 10);
};
const instant = (value: unknown): number | null => (text(value) === null ? null : Date.parse(String(value)));

/** What a client reads of a card, in the words of the account of breaches. */
function readCard(model: PortalModel, kind: Card['kind'], { fields, parts }: PortalRecord) {
  const user = Object.entries(fields).filter(([name, value]) => name.startsWith('UF_') && text(value) && value !== '0');
  return {
    createdAt: instant(fields.DATE_CREATE),
    createdBy: id(fields.CREATED_BY_ID),
    ownerId: id(fields.ASSIGNED_BY_ID),
    title: text(fields.TITLE),
    name: text(fields.NAME),
    lastName: text(fields.LAST_NAME),
    amountKopecks: Math.round(Number(fields.OPPORTUNITY ?? 0) * 100),
    isAmountManual: fields.IS_MANUAL_OPPORTUNITY === 'Y',
    currency: text(fields.CURRENCY_ID),
    contactId: id(fields.CONTACT_ID),
    companyId: id(fields.COMPANY_ID),
    leadId: id(fields.LEAD_ID),
    dealId: id(fields.PARENT_ID_2),
    myCompanyId: id(fields.MYCOMPANY_ID),
    sourceId: text(fields.SOURCE_ID),
    comments: text(fields.COMMENTS),
    statusDescription: text(fields.STATUS_DESCRIPTION),
    closeDate: day(fields.CLOSEDATE),
    beginDate: day(fields.BEGINDATE),
    number: text(fields.ACCOUNT_NUMBER),
    city: text(fields.ADDRESS_CITY) ?? text(fields.REG_ADDRESS_CITY),
    phones: (parts.multi?.PHONE ?? []).map(({ VALUE }) => VALUE),
    emails: (parts.multi?.EMAIL ?? []).map(({ VALUE }) => VALUE),
    user: Object.fromEntries(user),
    moves: readMoves(model, kind, fields),
    rows: readRows(model, kind, fields),
  };
}

function readMoves(model: PortalModel, kind: Card['kind'], fields: Record<string, unknown>) {
  if (kind !== 'lead' && kind !== 'deal' && kind !== 'invoice') return [];
  const mover = (at: number) => (instant(fields.MOVED_TIME) === at ? id(fields.MOVED_BY_ID) : null);
  const rows = model.history[kind].ofOwner(Number(fields.ID));
  const pipeline = (category: unknown) => `${kind}:${kind === 'lead' ? 0 : Number(category)}`;
  if (rows.length > 0) {
    return rows.map(({ createdMs, categoryId, stageId, semantics }) => {
      return [createdMs, pipeline(categoryId), stageId, semantics, mover(createdMs), true];
    });
  }
  const stage = entityTypeOf(kind).stage;
  const at = instant(fields.MOVED_TIME) ?? 0;
  const [stageId, semantics] = [fields[stage?.field ?? ''], fields[stage?.semantics ?? '']];
  return [[at, pipeline(fields.CATEGORY_ID), stageId, semantics, mover(at), false]];
}

function readRows(model: PortalModel, kind: Card['kind'], fields: Record<string, unknown>) {
  const rows = model.productRows.get(`${entityTypeOf(kind).short}:${String(fields.ID)}`) ?? [];
  if (rows.length === 0) return [];
  return [instant(fields.DATE_MODIFY), rows.map((row) => [Number(row.PRICE), Number(row.DISCOUNT_RATE ?? 0)])];
}

/** The same of a card of the account. */
function toldCard(card: Card) {
  const [version] = card.versions;
  const { origin: _origin, quoteId: _quote, ...fields } = version?.fields ?? ({} as Card['versions'][0]['fields']);
  const user = Object.entries(fields.user).filter(([, value]) => value !== null);
  const [rows] = card.productRows;
  return {
    ...fields,
    user: Object.fromEntries(user),
    createdAt: card.createdAt,
    createdBy: card.createdBy,
    moves: card.moves.map((move) => [move.at, move.pipelineId, move.stageId, move.semantics, move.mover, move.isRow]),
    rows: rows ? [rows.at, rows.fields.map((row) => [row.priceKopecks / 100, row.discountPercent])] : [],
  };
}

/** `callStartedAt`: of the row of telephony that names the activity. Such an activity is there since its call began. */
function readActivity({ fields, parts }: PortalRecord, callStartedAt: number | null) {
  const owner = `${entityTypeById(Number(fields.OWNER_TYPE_ID))?.entity}:${String(fields.OWNER_ID)}`;
  const isDone = fields.COMPLETED === 'Y';
  const isLater = isDone && instant(fields.LAST_UPDATED) !== instant(fields.CREATED);
  const createdAt = instant(fields.CREATED) ?? 0;
  return {
    times: [Math.min(createdAt, callStartedAt ?? createdAt), ...(isLater ? [instant(fields.LAST_UPDATED)] : [])],
    isDone,
    isClosedByPortal: isDone && fields.STATUS === '3',
    editorId: id(fields.EDITOR_ID),
    responsibleId: id(fields.RESPONSIBLE_ID),
    owner,
    boundTo: [owner],
    deadline: instant(fields.DEADLINE),
    endAt: instant(fields.END_TIME),
    fileCount: parts.files?.length ?? 0,
    description: text(fields.DESCRIPTION),
  };
}

function toldActivity(activity: Facts['activities'][number]) {
  const fields = activity.versions.at(-1)?.fields;
  if (!fields) throw new Error('An activity without values.');
  const { what: _what, direction: _direction, startAt: _start, ...rest } = fields;
  return { ...rest, times: activity.versions.map(({ at }) => at) };
}

const companies: [string, CompanyParameters][] = [
  ['the default company', defaultCompany({ anchorAt: Date.parse('2026-11-24T10:00:00+03:00') })],
  ...Array.from({ length: 8 }, (_, seed): [string, CompanyParameters] => [
    `random company ${seed}`,
    randomCompany(seed),
  ]),
];

describe.each(companies)('the account of %s', (_, parameters) => {
  const company = generate(parameters);
  const model = new PortalModel(parameters.zone);
  for (const operation of scriptUntil(company, parameters.endAt)) model.apply(operation);
  const facts = historyFacts(company, parameters.endAt);

  it.each(['lead', 'deal', 'contact', 'company', 'invoice'] as const)(
    'knows every %s as the portal shows it',
    (kind) => {
      const told = facts.cards.filter((card) => card.kind === kind).map((card) => [card.id, toldCard(card)]);
      const read = model.tables[kind].records.map((record) => [String(record.id), readCard(model, kind, record)]);
      expect(Object.fromEntries(told)).toEqual(Object.fromEntries(read));
    },
  );

  it('knows every activity, task, call, requisite and employee', () => {
    const callStarts = new Map(
      model.tables.call.records.map(({ fields }) => [id(fields.CRM_ACTIVITY_ID), instant(fields.CALL_START_DATE)]),
    );
    const activities = model.tables.activity.records.map((record) => {
      return [String(record.id), readActivity(record, callStarts.get(String(record.id)) ?? null)];
    });
    expect(Object.fromEntries(facts.activities.map((one) => [one.id, toldActivity(one)]))).toEqual(
      Object.fromEntries(activities),
    );
    const tasks = model.tables.task.records.map(({ id: taskId, fields, parts }) => [
      String(taskId),
      [
        ...[fields.STATUS === '5', instant(fields.CLOSED_DATE), instant(fields.DEADLINE), id(fields.CHANGED_BY)],
        (parts.crmTask ?? []).length,
      ],
    ]);
    const toldTasks = facts.tasks.map((task) => {
      const fields = task.versions.at(-1)?.fields;
      return [task.id, [fields?.isDone, fields?.closedAt, fields?.deadline, fields?.changedBy, fields?.boundTo.length]];
    });
    expect(Object.fromEntries(toldTasks)).toEqual(Object.fromEntries(tasks));
    const calls = model.tables.call.records.map(({ fields }) => [
      instant(fields.CALL_START_DATE),
      fields.CALL_DURATION,
    ]);
    expect(facts.calls.map((call) => [call.startedAt, String(call.seconds)])).toEqual(calls);
    const inns = model.tables.requisite.records.map(({ fields }) => [String(fields.ENTITY_ID), fields.RQ_INN]);
    expect(facts.requisites.map(({ versions: [one] }) => [one?.fields.companyId, one?.fields.inn])).toEqual(inns);
    const users = [...model.users.values()].map((user) => [user.ID, user.ACTIVE, user.WORK_PHONE === '' ? 0 : 1]);
    expect(
      facts.employees.map(({ id: userId, versions: [one] }) => [
        userId,
        one?.fields.isActive,
        one?.fields.phones.length,
      ]),
    ).toEqual(users);
  });

  it('knows the pipelines in their order', () => {
    for (const { kind, pipelines } of facts.configurations) {
      for (const pipeline of pipelines) {
        const category = pipeline.id.split(':')[1];
        const dictionary =
          kind === 'lead'
            ? 'STATUS'
            : kind === 'invoice'
              ? `SMART_INVOICE_STAGE_${category}`
              : category === '0'
                ? 'DEAL_STAGE'
                : `DEAL_STAGE_${category}`;
        const rows = model.stages.rows(dictionary).map(({ fields }) => fields.STATUS_ID);
        expect(pipeline.stages.map((stage) => stage.id)).toEqual(rows);
      }
    }
    expect(facts.configurations.map(({ kind }) => kind).sort()).toEqual(['deal', 'invoice', 'lead']);
  });
});

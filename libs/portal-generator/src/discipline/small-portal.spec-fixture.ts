import { DateTime } from 'luxon';
import type { PortalEntity, PortalFields, PortalOperation } from '../script.js';
import { breachesOf } from './account.js';
import { historyFactsOf } from './facts/history-facts.js';
import { liveFactsOf } from './facts/live-facts.js';
import type { DisciplineSettings } from './settings/rule-parameters.js';

const zone = 'Europe/Moscow';

/** `01 10:00` of September 2026 in Moscow; the first is a Tuesday, and no day of that month is special. */
export function when(text: string): number {
  const [day = '', time = '00:00'] = text.split(' ');
  return DateTime.fromISO(`2026-09-${day}T${time}`, { zone }).toMillis();
}

function told(at: number): string {
  return DateTime.fromMillis(at, { zone }).toFormat(at % 60_000 === 0 ? 'dd HH:mm' : 'dd HH:mm:ss');
}

const stages: readonly (readonly [dictionary: string, ids: string[]])[] = [
  ['STATUS', ['NEW', 'WORK', '+CONVERTED', '-JUNK', '-BUDGET']],
  ['DEAL_STAGE', ['NEW', 'MEET', 'OFFER', '+WON', '-LOSE', '-SORRY']],
  ['DEAL_STAGE_5', ['C5:NEW', 'C5:WAIT', '+C5:WON', '-C5:LOSE']],
  ['SMART_INVOICE_STAGE_9', ['N', 'S', '+P', '-D']],
];

/** Writes the short history of a small portal by hand: people 2 to 6, one pipeline of leads, two of deals. */
export class SmallPortal {
  readonly operations: PortalOperation[] = [];
  private readonly lastIds = new Map<string, number>();

  constructor() {
    this.add('01', 'category', { entityTypeId: 2, name: 'Sales', isDefault: 'Y' }, '0', '1');
    this.add('01', 'category', { entityTypeId: 2, name: 'Wholesale', isDefault: 'N' }, '5', '1');
    this.add('01', 'category', { entityTypeId: 31, name: 'Invoices', isDefault: 'Y' }, '9', '1');
    for (const [dictionary, ids] of stages) {
      ids.forEach((marked, place) => {
        const id = marked.replace(/^[+-]/, '');
        const semantics = marked.startsWith('+') ? 'S' : marked.startsWith('-') ? 'F' : null;
        const fields = { ENTITY_ID: dictionary, STATUS_ID: id, NAME: id, SORT: String(place), SEMANTICS: semantics };
        this.add('01', 'status', fields, undefined, '1');
      });
    }
    for (const id of ['1', '2', '3', '4', '5', '6']) {
      const fields = { ACTIVE: true, WORK_PHONE: `+7 495 120-00-1${id}`, EMAIL: `seller${id}@firm.internal` };
      this.add('01', 'user', fields, id, '1');
    }
  }

  /** The highest id of an entity so far. */
  lastId(entity: PortalEntity): number {
    return this.lastIds.get(entity) ?? 0;
  }

  private nextId(entity: string): string {
    const id = (this.lastIds.get(entity) ?? 0) + 1;
    this.lastIds.set(entity, id);
    return String(id);
  }

  add(at: string, entity: PortalEntity, fields: PortalFields, id = this.nextId(entity), by = '3'): this {
    this.lastIds.set(entity, Math.max(Number(id), this.lastIds.get(entity) ?? 0));
    this.operations.push({ op: 'add', at: when(at), by, entity, id, fields });
    return this;
  }

  change(at: string, key: string, fields: PortalFields, by = '3', way?: 'classic' | 'item' | 'silent'): this {
    const [entity = '', id = ''] = key.split(':');
    const kind = entity as PortalEntity;
    this.operations.push({
      op: 'update',
      at: when(at),
      by,
      entity: kind,
      id,
      fields,
      way: way ?? (kind === 'invoice' ? 'item' : 'classic'),
    });
    return this;
  }

  remove(at: string, key: string): this {
    const [entity = '', id = ''] = key.split(':');
    this.operations.push({ op: 'delete', at: when(at), by: '2', entity: entity as PortalEntity, id });
    return this;
  }

  merge(at: string, winner: string, loser: string): this {
    const [entity = '', id = ''] = winner.split(':');
    const losers = [loser.split(':')[1] ?? ''];
    this.operations.push({ op: 'merge', at: when(at), by: '2', entity: entity as 'lead', id, losers });
    return this;
  }

  lead(at: string, fields: PortalFields = {}, by = '3'): this {
    const all = { STATUS_ID: 'NEW', SOURCE_ID: 'CALL', ASSIGNED_BY_ID: '3', TITLE: `Lead at ${at}`, ...fields };
    return this.add(at, 'lead', all, undefined, by);
  }

  deal(at: string, fields: PortalFields = {}, by = '3'): this {
    const number = (this.lastIds.get('deal') ?? 0) + 1;
    const own = { STAGE_ID: 'NEW', CATEGORY_ID: '0', OPPORTUNITY: '1000.00', CURRENCY_ID: 'RUB', CONTACT_ID: null };
    const all = { ...own, TITLE: `Shelves ${number}`, SOURCE_ID: 'CALL', ASSIGNED_BY_ID: '3', CLOSEDATE: '2027-01-01' };
    return this.add(at, 'deal', { ...all, ...fields }, undefined, by);
  }

  contact(at: string, fields: PortalFields = {}, by = '3'): this {
    const all = { NAME: 'Анна', LAST_NAME: 'Белова', ASSIGNED_BY_ID: '3', UF_CONSENT: '1', ...fields };
    return this.add(at, 'contact', all, undefined, by);
  }

  company(at: string, fields: PortalFields = {}): this {
    return this.add(at, 'company', { TITLE: 'ООО «Вектор»', ASSIGNED_BY_ID: '3', ...fields });
  }

  invoice(at: string, fields: PortalFields = {}): this {
    const own = { categoryId: 9, stageId: 'N', opportunity: 1000, currencyId: 'RUB', parentId2: 1, mycompanyId: 1 };
    const dates = { begindate: '2026-09-20', closedate: '2026-12-01', assignedById: 3 };
    return this.add(at, 'invoice', { ...own, ...dates, ...fields });
  }

  move(at: string, key: string, stageId: string, fields: PortalFields = {}, by = '3'): this {
    const name = key.startsWith('lead') ? 'STATUS_ID' : key.startsWith('invoice') ? 'stageId' : 'STAGE_ID';
    return this.change(at, key, { [name]: stageId, ...fields }, by);
  }

  /** A call of a minute that begins at the instant, its activity made when it ends, with a row. */
  call(at: string, key: string, call: { incoming?: boolean; code?: string; seconds?: number; by?: string } = {}): this {
    return this.talk(at, key, { TYPE_ID: '2', DESCRIPTION: 'Agreed' }, call);
  }

  /** A call whose activity has the given fields besides its own. */
  talk(
    at: string,
    key: string,
    fields: PortalFields,
    call: { incoming?: boolean; code?: string; seconds?: number; by?: string; phone?: string } = {},
  ): this {
    const { incoming = false, code = '200', seconds = 60, by = '3', phone = '+7 916 555-00-01' } = call;
    const start = new Date(when(at)).toISOString();
    const end = new Date(when(at) + seconds * 1000).toISOString();
    const direction = incoming ? '1' : '2';
    const own = { DIRECTION: direction, START_TIME: start, END_TIME: end, COMPLETED: code === '200' ? 'Y' : 'N' };
    this.activity(at, key, { ...own, RESPONSIBLE_ID: by, ...fields }, by);
    const activity = this.operations.at(-1);
    if (activity) activity.at = when(at) + seconds * 1000;
    return this.add(at, 'call', {
      CRM_ACTIVITY_ID: String(this.lastIds.get('activity')),
      PORTAL_USER_ID: by,
      CALL_START_DATE: start,
      CALL_DURATION: String(seconds),
      CALL_FAILED_CODE: code,
      CALL_TYPE: incoming ? '2' : '1',
      PHONE_NUMBER: phone,
    });
  }

  activity(at: string, key: string, fields: PortalFields, by = '3'): this {
    const [kind = '', id = ''] = key.split(':');
    const typeIds: Record<string, string> = { lead: '1', deal: '2', contact: '3', company: '4' };
    const owner = { OWNER_TYPE_ID: typeIds[kind], OWNER_ID: id, RESPONSIBLE_ID: by };
    return this.add(at, 'activity', { ...owner, ...fields }, undefined, by);
  }

  todo(at: string, key: string, deadline: string, by = '3'): this {
    const due = new Date(when(deadline)).toISOString();
    return this.activity(at, key, { TYPE_ID: '6', PROVIDER_ID: 'CRM_TODO', DEADLINE: due, COMPLETED: 'N' }, by);
  }

  meeting(at: string, key: string, end: string, by = '3'): this {
    const ends = new Date(when(end)).toISOString();
    return this.activity(at, key, { TYPE_ID: '1', END_TIME: ends, DEADLINE: ends, COMPLETED: 'N' }, by);
  }

  letter(at: string, key: string, letter: { incoming?: boolean; files?: number; by?: string } = {}): this {
    const files = Array.from({ length: letter.files ?? 0 }, (_, place) => ({ id: place + 1, url: '/file' }));
    const direction = letter.incoming ? '1' : '2';
    return this.activity(at, key, { TYPE_ID: '4', DIRECTION: direction, COMPLETED: 'Y', FILES: files }, letter.by);
  }

  task(at: string, binding: string, deadline: string): this {
    const due = new Date(when(deadline)).toISOString();
    return this.add(at, 'task', { STATUS: '2', DEADLINE: due, UF_CRM_TASK: [binding], RESPONSIBLE_ID: '3' });
  }

  done(at: string, key: string, by = '3'): this {
    return this.change(at, key, key.startsWith('task') ? { STATUS: '5' } : { COMPLETED: 'Y', STATUS: '2' }, by);
  }

  rows(at: string, key: string, rows: PortalFields[]): this {
    const [kind = '', ownerId = ''] = key.split(':');
    const ownerType = kind === 'deal' ? 'D' : 'SI';
    this.operations.push({ op: 'set-product-rows', at: when(at), by: '3', ownerType, ownerId, rows });
    return this;
  }

  requisite(at: string, companyId: string, fields: PortalFields): this {
    return this.add(at, 'requisite', { ENTITY_TYPE_ID: '4', ENTITY_ID: companyId, ...fields });
  }

  /** The cases of a rule, each as `subject [about …] start > opening [resolved … | void …]`. */
  breaches(
    ruleId: string,
    settings: DisciplineSettings,
    mode: 'live' | 'history' = 'live',
    until = '30 12:00',
  ): string[] {
    const options = { until: when(until), zone };
    const operations = this.operations.toSorted((one, other) => one.at - other.at);
    const facts = mode === 'live' ? liveFactsOf(operations, options) : historyFactsOf(operations, options);
    return breachesOf(facts, settings, options)
      .filter((breach) => breach.ruleId === ruleId)
      .map(({ subject, about, startAt, opensAt, resolvesAt, voidAt, items }) =>
        [
          subject,
          ...(about === null ? [] : ['about', about]),
          told(startAt),
          '>',
          told(opensAt),
          ...(resolvesAt === null ? [] : ['resolved', told(resolvesAt)]),
          ...(voidAt === null ? [] : ['void', told(voidAt)]),
          ...(items.length === 0 ? [] : ['items', ...items]),
        ].join(' '),
      );
  }
}

/** Settings by which the hand-written histories are judged. */
export const smallSettings: DisciplineSettings = {
  L01: { hot_sources: ['WEB'] },
  L07: { reason_field: 'UF_REASON', stop_list: ['other'] },
  L13: { queue_users: ['1'] },
  D02: { reason_field: 'UF_REASON' },
  D05: { proofs: { MEET: ['meeting'], OFFER: ['file'] } },
  D06: { required: { MEET: ['UF_CITY'] } },
  D07: { moves: 3, last_days: 3 },
  D12: { amount_limits: { 'deal:0': 5000 } },
  D15: { allowed: ['deal:0>deal:5'] },
  D16: { stages: ['C5:WAIT'] },
  D17: { moves: 2 },
  F06: { approval_field: 'UF_APPROVED' },
  F11: { products: { '77': 'deal:5' } },
  F12: { stages: ['OFFER', 'C5:WAIT'] },
  A06: { count: 3 },
  A07: { allowed: ['6'] },
  K04: { stages: ['C5:WAIT'] },
  K08: { pipelines: ['deal:5'] },
  K09: { allowed: ['6'] },
  K10: { field: 'UF_KEY' },
  K11: { field: 'UF_CONSENT' },
  I04: { own_companies: { 'deal:0': '1' } },
  I09: { stages: ['OFFER'] },
  O03: { deleted: 3 },
  O06: { times: 3 },
  O07: { deals: 2 },
  O08: { hours: { WEB: 6, calls: 3, mail: 9 } },
};

export interface Tale {
  story: string;
  tell: (portal: SmallPortal) => SmallPortal;
  /** What somebody sees who watches; empty when nothing is wrong. */
  live: string[];
  /** What somebody sees who comes at the end, where it differs. */
  history?: string[];
  until?: string;
}

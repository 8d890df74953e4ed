import { addCall } from '../records/activities.js';
import { addCompany, addRequisite, emailField, newPhone, phoneField } from '../records/clients.js';
import { loseDeal } from '../records/deals.js';
import { addInvoice } from '../records/invoices.js';
import type { PortalFields } from '../script.js';
import { firmInn } from '../texts/identifiers.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS, instantText } from '../world/portal-calendar.js';
import type { PlantList, Planting } from './planting.js';

const WRONG_INN = '7707083894';

/** Three contacts with the same fault: one keeps it, one is put right late without a trace, one in time. */
function* laterPutRight(planting: Planting, ruleId: string, faulty: PortalFields, right: PortalFields): Process {
  const [never, late, timely] = [0, 1, 2].map(() => `contact:${planting.contact(faulty).contactId}`);
  if (!never || !late || !timely) return;
  planting.breach(ruleId, never);
  planting.breach(ruleId, late, 'live');
  planting.nearMiss(ruleId, timely);
  yield planting.days(1, -5);
  planting.update(timely, right, '1');
  yield planting.days(1);
  planting.update(late, right, '1');
}

/** The same where a card cannot be put right, for what is written is added to what was: it is thrown away instead. */
function* laterThrownAway(planting: Planting, ruleId: string, faulty: PortalFields): Process {
  const [never, late, timely] = [0, 1, 2].map(() => planting.contact(faulty).contactId);
  if (!never || !late || !timely) return;
  planting.breach(ruleId, `contact:${never}`);
  planting.breach(ruleId, `contact:${late}`, 'live');
  planting.nearMiss(ruleId, `contact:${timely}`);
  yield planting.days(1, -5);
  planting.world.remove('contact', timely, '1');
  yield planting.days(1);
  planting.world.remove('contact', late, '1');
}

/** K01: a phone that is none. */
function* phoneIsNone(planting: Planting): Process {
  yield* laterThrownAway(planting, 'K01', { PHONE: phoneField('12345'), EMAIL: [] });
}

/** K02: an address that belongs to nobody. */
function* emailIsNone(planting: Planting): Process {
  yield* laterThrownAway(planting, 'K02', { EMAIL: emailField('test@client.internal') });
}

/** K07: nobody's name. */
function* nameIsNone(planting: Planting): Process {
  const nobody = { NAME: 'Клиент', SECOND_NAME: '', LAST_NAME: '' };
  yield* laterPutRight(planting, 'K07', nobody, { NAME: 'Марина', LAST_NAME: 'Клиентова' });
}

/** K11: nobody asked for the consent. */
function* consentMissing(planting: Planting): Process {
  yield* laterPutRight(planting, 'K11', { UF_CRM_CONSENT: null }, { UF_CRM_CONSENT: '1' });
}

/** A company with a name nobody else has. */
function company(planting: Planting, options: Parameters<typeof addCompany>[2] = {}): string {
  const title = `ООО «Ромашка ${planting.world.nextId('planted-company')}»`;
  return addCompany(planting.world, planting.world.aSeller(), {
    title,
    inn: firmInn(planting.world.random),
    ...options,
  });
}

/** K03: an invoice for a company with a wrong number; corrected later; without an invoice. */
function* requisitesWrong(planting: Planting): Process {
  const { world } = planting;
  const add = () => {
    const id = company(planting, { hasRequisite: false });
    const requisiteId = addRequisite(world, id, 'ООО «Ромашка»', { isPerson: false, by: '1', inn: WRONG_INN });
    return { id, requisiteId, deal: planting.deal({ client: planting.contact({}, id) }) };
  };
  const [never, late, unbilled] = [add(), add(), add()];
  planting.nearMiss('K03', `company:${unbilled.id}`);
  yield planting.worked(30);
  for (const { deal } of [never, late]) addInvoice(world, deal);
  planting.breach('K03', `company:${never.id}`);
  planting.breach('K03', `company:${late.id}`, 'live');
  yield planting.worked(60);
  world.update('requisite', late.requisiteId, { RQ_INN: firmInn(world.random) }, '1');
}

/** K04: a contract without requisites; brought later; a stage in which they are not needed yet. */
function* requisitesMissing(planting: Planting): Process {
  const { world } = planting;
  const add = (stageId: string) => {
    const id = company(planting, { hasRequisite: false });
    planting.deal({ pipeline: planting.wholesale, stageId, client: planting.contact({}, id) });
    return id;
  };
  const [never, late, early] = [add('C5:EXECUTING'), add('C5:EXECUTING'), add('C5:PREPARATION')];
  for (const id of [never, late]) planting.breach('K04', `company:${id}`);
  planting.nearMiss('K04', `company:${early}`);
  yield planting.worked(60);
  addRequisite(world, late, 'ООО «Ромашка»', { isPerson: false, by: '1' });
}

/** K05: a second contact with the phone of the first; merged late; merged in time. */
export function* contactTwice(planting: Planting): Process {
  const { world } = planting;
  const firsts = [planting.contact(), planting.contact(), planting.contact()];
  yield world.nowMs + 30_000;
  const seconds = firsts.map(({ phone }) => planting.contact({ PHONE: phoneField(phone) }).contactId);
  const [never, late, timely] = seconds;
  planting.breach('K05', `contact:${never}`);
  planting.breach('K05', `contact:${late}`, 'live');
  planting.nearMiss('K05', `contact:${timely}`);
  const merge = (place: number) =>
    world.merge('contact', firsts[place]?.contactId ?? '', [seconds[place] ?? ''], world.headId);
  yield planting.days(1, -5);
  merge(2);
  yield planting.days(1);
  merge(1);
}

/** K06: a second company with the same number; with the same name, renamed later; with the same name in another city. */
function* companyTwice(planting: Planting): Process {
  const { world } = planting;
  const inn = firmInn(world.random);
  company(planting, { inn });
  const sameNumber = company(planting, { inn });
  const title = `ООО «Василёк ${world.nextId('planted-company')}»`;
  company(planting, { title, city: 'Тула' });
  const sameName = company(planting, { title: title.replace('ООО', 'АО'), city: 'Тула' });
  const elsewhere = company(planting, { title, city: 'Пермь' });
  planting.breach('K06', `company:${sameNumber}`);
  planting.breach('K06', `company:${sameName}`, 'live');
  planting.nearMiss('K06', `company:${elsewhere}`);
  yield planting.days(2);
  planting.update(`company:${sameName}`, { TITLE: `АО «Лютик ${world.nextId('planted-company')}»` }, '1');
}

/** K08: a wholesale deal of a contact without a company; linked late; the deal is closed in time. */
function* withoutCompany(planting: Planting): Process {
  const { world } = planting;
  const deals = [0, 1, 2].map(() => planting.deal({ pipeline: planting.wholesale }));
  const [never, late, timely] = deals.map(({ contactId }) => `contact:${contactId}`);
  if (!never || !late || !timely) return;
  planting.breach('K08', never);
  planting.breach('K08', late, 'live');
  planting.nearMiss('K08', timely);
  yield planting.days(2, -10);
  if (deals[2]) loseDeal(world, deals[2], deals[2].ownerId);
  yield planting.days(1);
  planting.update(late, { COMPANY_ID: company(planting) }, '1');
}

/** K09: two sellers work on one company; one deal ends late; one is handed over in time. */
function* severalOwners(planting: Planting): Process {
  const { world } = planting;
  const [first, second] = [world.sellers[0]?.id ?? '1', world.sellers[1]?.id ?? '2'];
  const add = () => {
    const id = company(planting);
    const client = planting.contact({}, id);
    return { id, deals: [first, second].map((ownerId) => planting.deal({ ownerId, client })) };
  };
  const [never, late, timely] = [add(), add(), add()];
  for (const { id } of [never, late]) planting.breach('K09', `company:${id}`);
  planting.nearMiss('K09', `company:${timely.id}`);
  yield planting.days(1, -5);
  planting.update(`deal:${timely.deals[1]?.id}`, { ASSIGNED_BY_ID: first }, world.headId);
  yield planting.days(1);
  const [, ended] = late.deals;
  if (ended) loseDeal(world, ended, second);
}

/** K10: a key client nobody cares for; called late; not yet due at the end. */
function* keyClientUntouched(planting: Planting): Process {
  const { world } = planting;
  const add = (bornAt: number) => {
    const title = `ООО «Ключ ${world.nextId('planted-company')}»`;
    const dates = { DATE_CREATE: instantText(bornAt), DATE_MODIFY: instantText(bornAt), CREATED_BY_ID: '1' };
    const fields = { TITLE: title, UF_CRM_KEY_CLIENT: '1', ASSIGNED_BY_ID: world.aSeller(), ...dates };
    return world.add('company', fields, 'import');
  };
  const longAgo = world.nowMs - 50 * DAY_MS;
  const [never, late, near] = [add(longAgo), add(longAgo), add(planting.workingDaysBeforeEnd(18))];
  for (const id of [never, late]) planting.breach('K10', `company:${id}`);
  planting.nearMiss('K10', `company:${near}`);
  yield planting.worked(60);
  const { contactId, phone } = planting.contact({}, late);
  addCall(world, { typeId: '3', id: contactId, ownerId: world.aSeller(), contactId, phone }, { seconds: 60 });
}

/** K12: an employee's own phone on a client's card; the employee gets another one; a phone like it. */
function* employeesChannel(planting: Planting): Process {
  const { world } = planting;
  const [first, second] = [planting.employee('Носов'), planting.employee('Нестеров')];
  const [kept, given, near] = [newPhone(world), newPhone(world), newPhone(world)];
  world.update('user', first, { WORK_PHONE: kept }, '1');
  world.update('user', second, { WORK_PHONE: given }, '1');
  const onCard = (phone: string) => `contact:${planting.contact({ PHONE: phoneField(phone) }).contactId}`;
  planting.breach('K12', onCard(kept));
  planting.breach('K12', onCard(given), 'live');
  planting.nearMiss('K12', onCard(near));
  yield planting.worked(60);
  world.update('user', second, { WORK_PHONE: newPhone(world) }, '1');
}

export const plantsOfClients: PlantList = [
  [phoneIsNone, 5],
  [emailIsNone, 5],
  [requisitesWrong, 4],
  [requisitesMissing, 4],
  [contactTwice, 6],
  [companyTwice, 5],
  [nameIsNone, 5],
  [withoutCompany, 7],
  [severalOwners, 6],
  [keyClientUntouched, 4],
  [consentMissing, 5],
  [employeesChannel, 4],
];

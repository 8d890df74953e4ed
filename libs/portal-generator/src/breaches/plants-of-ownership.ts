import { disciplineSettings } from '../discipline/settings/discipline-settings.js';
import { loseDeal } from '../records/deals.js';
import type { Process } from '../world/agenda.js';
import { HOUR_MS, MINUTE_MS } from '../world/portal-calendar.js';
import { PARTNER_SOURCE } from '../world/setup.js';
import type { DealState } from '../world/working-set.js';
import type { PlantList, Planting } from './planting.js';

/**
 * O01 and O07: somebody is dismissed with an open deal in hand; somebody else with as many as one may have, which are
 * handed on a day later; a third one with nothing open.
 */
function* dismissed(planting: Planting): Process {
  const { world } = planting;
  const most = disciplineSettings(world.parameters).O07?.deals ?? 60;
  const [left, relieved, idle] = [planting.employee('Орлов'), planting.employee('Осипов'), planting.employee('Обухов')];
  planting.deal({ ownerId: left });
  const handedOn = Array.from({ length: most }, () => planting.deal({ ownerId: relieved, client: null }));
  planting.deal({ ownerId: idle, stageId: 'WON' });
  planting.nearMiss('O07', `employee:${relieved}`);
  planting.nearMiss('O01', `employee:${idle}`);
  yield planting.days(2);
  for (const id of [left, relieved, idle]) world.update('user', id, { ACTIVE: false }, '1');
  planting.breach('O01', `employee:${left}`);
  planting.breach('O01', `employee:${relieved}`, 'live');
  yield planting.days(1);
  for (const deal of handedOn) {
    planting.update(`deal:${deal.id}`, { ASSIGNED_BY_ID: world.headId }, world.headId);
    loseDeal(world, deal, world.headId);
  }
}

/** O07: one deal more than one may have, until it is lost. */
function* tooManyDeals(planting: Planting): Process {
  const { world } = planting;
  const most = disciplineSettings(world.parameters).O07?.deals ?? 60;
  const standIn = planting.employee('Овчинников');
  const deals = Array.from({ length: most + 1 }, () => planting.deal({ ownerId: standIn, client: null }));
  planting.breach('O07', `employee:${standIn}`);
  yield planting.days(2);
  for (const deal of deals) loseDeal(world, deal, deal.ownerId);
}

/** O03: twenty-one records are deleted within twenty minutes; eighteen in a night. */
function* manyDeleted(planting: Planting): Process {
  const { world } = planting;
  const contacts = Array.from({ length: 22 }, () => planting.contact().contactId);
  const leads = Array.from({ length: 17 }, () => planting.lead().id);
  yield planting.worked(20);
  const doomed = [
    ...contacts.slice(0, 12).map((id) => ['contact', id]),
    ...leads.slice(0, 9).map((id) => ['lead', id]),
  ];
  for (const [place, [entity, id]] of doomed.entries()) {
    yield world.nowMs + MINUTE_MS;
    world.remove(entity as 'lead', id ?? '', world.headId);
    if (place === 19) planting.breach('O03', 'portal:-', 'live');
  }
  yield planting.hours.endOf(planting.hours.dateOf(world.nowMs)) + 3 * HOUR_MS;
  planting.nearMiss('O03', 'portal:-', { withinMs: HOUR_MS });
  for (const id of contacts.slice(12)) world.remove('contact', id, world.headId);
  for (const id of leads.slice(9)) world.remove('lead', id, world.headId);
}

/** O05: a stage is renamed and gets its name back within the second. The changes of the company are breaches. */
// A process that acts once and never waits.
// eslint-disable-next-line require-yield
function* renamedAndBack(planting: Planting): Process {
  const { world } = planting;
  const statusId = world.stageRows.idOf('invoice:9', 'DT31_9:D');
  planting.nearMiss('O05', 'portal:-', { about: 'pipelines:invoice' });
  world.update('status', statusId, { NAME: 'Отклонён' }, '1');
  world.update('status', statusId, { NAME: 'Не оплачен' }, '1');
}

/** O06: automation writes a field to and fro, five times within an hour; four times. */
function* fieldFlips(planting: Planting): Process {
  const { world } = planting;
  const [often, seldom] = [planting.deal(), planting.deal()];
  planting.nearMiss('O06', `deal:${seldom.id}`);
  const flip = (deal: DealState, time: number) =>
    world.update('deal', deal.id, { UF_CRM_DELIVERY_CITY: time % 2 === 0 ? 'Тула' : 'Самара' }, 'robot');
  for (let time = 1; time <= 5; time += 1) {
    yield world.nowMs + 10 * MINUTE_MS;
    flip(often, time);
    if (time < 5) flip(seldom, time);
  }
  planting.breach('O06', `deal:${often.id}`, 'live');
}

/** O08: a partner brings something after a working day, at once, and nothing more. */
function* silentPartner(planting: Planting): Process {
  const about = `channel:${PARTNER_SOURCE}`;
  planting.lead({ sourceId: PARTNER_SOURCE });
  planting.breach('O08', 'portal:-', 'history', { about });
  yield planting.days(1);
  planting.lead({ sourceId: PARTNER_SOURCE });
  planting.nearMiss('O08', 'portal:-', { about, withinMs: MINUTE_MS });
  yield planting.worked(5 * 60);
  planting.lead({ sourceId: PARTNER_SOURCE });
  planting.breach('O08', 'portal:-', 'history', { about });
}

export const plantsOfOwnership: PlantList = [
  [dismissed, 6],
  [tooManyDeals, 6],
  [manyDeleted, 5],
  [renamedAndBack, 4],
  [fieldFlips, 4],
  [silentPartner, 4],
];

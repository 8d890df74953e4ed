import { leadSubject, moveLead } from '../journeys/lead-journey.js';
import { addCall, completeActivity, planTodo } from '../records/activities.js';
import { emailField, phoneField } from '../records/clients.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS, HOUR_MS, instantText, MINUTE_MS } from '../world/portal-calendar.js';
import { LOSS_REASONS, QUEUE_USER_ID } from '../world/setup.js';
import type { PlantList, Planting } from './planting.js';

const reason = { UF_CRM_LOSS_REASON: LOSS_REASONS.budget, STATUS_DESCRIPTION: 'Бюджет перенесён на следующий год.' };

/** L01: a step is planned, but nobody ever calls or writes. */
function* notTouched(planting: Planting): Process {
  const lead = planting.lead();
  planting.breach('L01', `lead:${lead.id}`);
  yield planting.worked(20);
  planting.planFarAhead(leadSubject(lead));
}

/** L01: called too late; another one called in the last minutes. */
function* touchedLate(planting: Planting): Process {
  const late = planting.lead();
  const timely = planting.lead({ sourceId: 'CALL' });
  planting.breach('L01', `lead:${late.id}`);
  planting.nearMiss('L01', `lead:${timely.id}`);
  yield planting.worked(29);
  addCall(planting.world, leadSubject(timely));
  yield planting.worked(90);
  addCall(planting.world, leadSubject(late));
}

/** L02: left in the first stage, moved too late, moved in time. */
function* leftInFirstStage(planting: Planting): Process {
  const [left, late, timely] = [planting.lead(), planting.lead(), planting.lead()];
  planting.breach('L02', `lead:${left.id}`);
  planting.breach('L02', `lead:${late.id}`);
  planting.nearMiss('L02', `lead:${timely.id}`);
  yield planting.days(1, -5);
  moveLead(planting.world, timely, 'IN_PROCESS');
  yield planting.days(1);
  moveLead(planting.world, late, 'IN_PROCESS');
}

/** L03: called, and nothing planned; planned too late; planned in time. */
function* nothingPlanned(planting: Planting): Process {
  const [never, late, timely] = [planting.lead(), planting.lead(), planting.lead()];
  planting.breach('L03', `lead:${never.id}`);
  planting.breach('L03', `lead:${late.id}`);
  planting.nearMiss('L03', `lead:${timely.id}`);
  yield planting.worked(10);
  for (const lead of [never, late, timely]) addCall(planting.world, leadSubject(lead));
  yield planting.worked(225);
  planting.planFarAhead(leadSubject(timely));
  yield planting.days(2);
  planting.planFarAhead(leadSubject(late));
}

/** L04: a step whose deadline passed days ago; done late; moved late, of which no trace stays; done in time. */
function* overdueActivity(planting: Planting): Process {
  const { world } = planting;
  const lead = yield* planting.workedLead(1);
  const deadline = planting.days(1);
  const [never, late, moved, timely] = ['', '', '', ''].map(() => planTodo(world, leadSubject(lead), deadline));
  for (const id of [never, late]) planting.breach('L04', `activity:${id}`, 'history', { at: deadline });
  planting.breach('L04', `activity:${moved}`, 'live', { at: deadline });
  planting.nearMiss('L04', `activity:${timely}`);
  yield deadline;
  yield planting.days(1, -5);
  completeActivity(world, timely ?? '', lead.ownerId);
  yield planting.days(1);
  completeActivity(world, late ?? '', lead.ownerId);
  const later = instantText(world.nowMs + 60 * DAY_MS);
  planting.update(`activity:${moved}`, { DEADLINE: later, END_TIME: later }, lead.ownerId);
}

/** L05: a step is put off three times without a touch; touched after that; put off twice. */
function* putOffAgain(planting: Planting): Process {
  const { world } = planting;
  const leads = [planting.lead(), planting.lead(), planting.lead()];
  const steps = leads.map((lead) => planTodo(world, leadSubject(lead), world.nowMs + 20 * DAY_MS));
  const [never, late, twice] = leads.map((lead, place) => [`lead:${lead.id}`, `activity:${steps[place]}`] as const);
  for (let time = 1; time <= 3; time += 1) {
    yield planting.worked(20);
    steps.forEach((step, place) => {
      if (time === 3 && place === 2) return;
      const later = instantText(world.nowMs + (20 + time) * DAY_MS);
      planting.update(`activity:${step}`, { DEADLINE: later, END_TIME: later }, leads[place]?.ownerId ?? '1');
    });
  }
  if (never) planting.breach('L05', never[0], 'live', { about: never[1] });
  if (late) planting.breach('L05', late[0], 'live', { about: late[1] });
  if (twice) planting.nearMiss('L05', twice[0], { about: twice[1] });
  yield planting.days(2);
  if (leads[1]) addCall(world, leadSubject(leads[1]));
}

/** L06: given up after two calls; after three calls and a working day. */
function* givenUpEarly(planting: Planting): Process {
  const early = yield* planting.workedLead(2);
  const grounded = yield* planting.workedLead(3);
  planting.nearMiss('L06', `lead:${grounded.id}`);
  yield planting.days(1, 5);
  moveLead(planting.world, early, 'JUNK', early.ownerId, reason);
  planting.breach('L06', `lead:${early.id}`);
  moveLead(planting.world, grounded, 'JUNK', grounded.ownerId, reason);
}

/** L07: given up without a reason, with "other" and no word; filled in later; "other" with just enough said. */
function* lossReasonMissing(planting: Planting): Process {
  const [never, other, late, timely] = [
    yield* planting.workedLead(),
    yield* planting.workedLead(),
    yield* planting.workedLead(),
    yield* planting.workedLead(),
  ];
  const { world } = planting;
  const vague = (text: string) => ({ UF_CRM_LOSS_REASON: LOSS_REASONS.other, STATUS_DESCRIPTION: text });
  moveLead(world, never, 'JUNK');
  moveLead(world, other, 'JUNK', other.ownerId, vague('нет'));
  moveLead(world, late, 'JUNK');
  moveLead(world, timely, 'JUNK', timely.ownerId, vague('пятнадцать букв'));
  for (const lead of [never, other]) planting.breach('L07', `lead:${lead.id}`);
  planting.breach('L07', `lead:${late.id}`, 'live');
  planting.nearMiss('L07', `lead:${timely.id}`);
  yield planting.days(2);
  planting.update(`lead:${late.id}`, reason, late.ownerId);
}

/** L08: no source; filled in late; filled in in time. */
function* sourceMissing(planting: Planting): Process {
  const never = planting.lead({ sourceId: null });
  const late = planting.deal({ sourceId: null });
  const timely = planting.lead({ sourceId: null });
  planting.breach('L08', `lead:${never.id}`);
  planting.breach('L08', `deal:${late.id}`, 'live');
  planting.nearMiss('L08', `lead:${timely.id}`);
  yield planting.days(1, -5);
  planting.update(`lead:${timely.id}`, { SOURCE_ID: 'CALL' }, timely.ownerId);
  yield planting.days(1);
  planting.update(`deal:${late.id}`, { SOURCE_ID: 'CALL' }, late.ownerId);
}

/** L09: a second open lead with the same phone; the first one is closed late, or in time. */
function* keptTwice(planting: Planting): Process {
  const { world } = planting;
  const pair = () => {
    const first = planting.lead();
    return [first, planting.lead({ phone: first.phone })] as const;
  };
  const [never, late, timely] = [pair(), pair(), pair()];
  for (const [, second] of [never, late]) planting.breach('L09', `lead:${second.id}`);
  planting.nearMiss('L09', `lead:${timely[1].id}`);
  yield planting.days(1, -5);
  moveLead(world, timely[0], 'JUNK', timely[0].ownerId, reason);
  yield planting.days(1);
  moveLead(world, late[0], 'JUNK', late[0].ownerId, reason);
}

/** L10: converted into contacts without phone and e-mail; one gets a phone later, one has an e-mail from the start. */
function* convertedWithoutChannels(planting: Planting): Process {
  const { world } = planting;
  const convert = (more: Record<string, unknown>) => {
    const lead = planting.lead();
    moveLead(world, lead, 'CONVERTED');
    const fields = { NAME: 'Ольга', LAST_NAME: 'Ильина', LEAD_ID: lead.id, ASSIGNED_BY_ID: lead.ownerId };
    return world.add('contact', { ...fields, UF_CRM_CONSENT: '1', ...more }, lead.ownerId);
  };
  const [never, late] = [convert({}), convert({})];
  const reachable = convert({ EMAIL: emailField(`ilina${world.nextId('mailbox')}@client.internal`) });
  planting.breach('L10', `contact:${never}`);
  planting.breach('L10', `contact:${late}`, 'live');
  planting.nearMiss('L10', `contact:${reachable}`);
  yield planting.days(2);
  planting.update(`contact:${late}`, { PHONE: phoneField(`+7 903 ${100 + Number(late)}-40-50`) }, '1');
}

/** L11: entered by hand although the client had called; another one just outside the two hours. */
function* besideTheChannel(planting: Planting): Process {
  const { world } = planting;
  const callers = [planting.contact(), planting.contact()];
  for (const { contactId, phone } of callers) {
    const subject = { typeId: '3', id: contactId, ownerId: world.aSeller(), contactId, phone } as const;
    addCall(world, subject, { incoming: true, seconds: 60 });
  }
  const calledAt = world.nowMs - MINUTE_MS;
  yield world.nowMs + 20 * MINUTE_MS;
  const beside = planting.lead({ by: world.aSeller(), phone: callers[0]?.phone ?? '' });
  planting.breach('L11', `lead:${beside.id}`);
  yield calledAt + 2 * HOUR_MS + MINUTE_MS;
  const later = planting.lead({ by: world.aSeller(), phone: callers[1]?.phone ?? '' });
  planting.nearMiss('L11', `lead:${later.id}`);
}

/** L12: three owners within a day, one of the leads called afterwards; three owners within more than two days. */
function* passedAround(planting: Planting): Process {
  const { world } = planting;
  const [never, late, slow] = [planting.lead(), planting.lead(), planting.lead()];
  const handOver = (lead: typeof never) => {
    const others = world.sellers.filter(({ id }) => id !== lead.ownerId);
    lead.ownerId = world.random.pick(others).id;
    planting.update(`lead:${lead.id}`, { ASSIGNED_BY_ID: lead.ownerId }, world.headId);
  };
  planting.nearMiss('L12', `lead:${slow.id}`);
  yield planting.worked(5);
  const since = world.nowMs;
  for (const lead of [never, late, slow]) handOver(lead);
  yield planting.worked(30);
  for (const lead of [never, late, slow]) handOver(lead);
  yield planting.worked(30);
  for (const lead of [never, late]) {
    handOver(lead);
    planting.breach('L12', `lead:${lead.id}`, 'live');
  }
  yield planting.hours.afterWorkingDays(since, 2) + 5 * MINUTE_MS;
  handOver(slow);
  addCall(world, leadSubject(late));
}

/** L13: handed back untouched; handed back after a call. */
function* handedBack(planting: Planting): Process {
  const { world } = planting;
  const [untouched, touched] = [planting.lead(), planting.lead()];
  planting.nearMiss('L13', `lead:${touched.id}`);
  yield planting.worked(15);
  addCall(world, leadSubject(touched));
  yield planting.worked(20);
  for (const lead of [untouched, touched]) {
    planting.update(`lead:${lead.id}`, { ASSIGNED_BY_ID: QUEUE_USER_ID }, lead.ownerId);
  }
  planting.breach('L13', `lead:${untouched.id}`, 'live');
}

export const plantsOfLeads: PlantList = [
  [notTouched, 3],
  [notTouched, 7],
  [touchedLate, 5],
  [leftInFirstStage, 6],
  [nothingPlanned, 6],
  [overdueActivity, 7],
  [putOffAgain, 5],
  [givenUpEarly, 5],
  [lossReasonMissing, 5],
  [sourceMissing, 5],
  [keptTwice, 6],
  [convertedWithoutChannels, 6],
  [besideTheChannel, 4],
  [passedAround, 7],
  [handedBack, 5],
];

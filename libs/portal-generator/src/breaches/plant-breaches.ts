import { MINUTE_MS } from '../world/portal-calendar.js';
import type { World } from '../world/world.js';
import { Planting, type PlantList } from './planting.js';
import { plantsOfActivities } from './plants-of-activities.js';
import { contactTwice, plantsOfClients } from './plants-of-clients.js';
import { plantsOfCompleteness } from './plants-of-completeness.js';
import { plantsOfInvoices } from './plants-of-invoices.js';
import { plantsOfLeads } from './plants-of-leads.js';
import {
  lostWithoutGround,
  movedInBulk,
  offerWithoutFile,
  plantsOfMovement,
  stageSkipped,
} from './plants-of-movement.js';
import { plantsOfOwnership } from './plants-of-ownership.js';

const plants: PlantList = [
  ...plantsOfLeads,
  ...plantsOfMovement,
  ...plantsOfCompleteness,
  ...plantsOfActivities,
  ...plantsOfClients,
  ...plantsOfInvoices,
  ...plantsOfOwnership,
];

/**
 * Plants into the last weeks of the history, for each rule of docs/rules.md but A09 and O02: a breach, one that is
 * cured where a rule resolves, and what the rule just does not object to.
 */
export function startPlants(world: World): void {
  const planting = new Planting(world);
  plants.forEach(([plant, workingDaysBefore], place) => {
    // Not all at once: what automation and people do is spread over the morning.
    const at = planting.workingDaysBeforeEnd(workingDaysBefore) - (place % 50) * MINUTE_MS;
    world.start(at, plant(planting));
  });
  const monthEnd = planting.lastDaysOfMonth();
  if (monthEnd !== null) world.start(monthEnd, movedInBulk(planting));
}

/** And some into the first minutes of live activity; what is left behind shows them as well. */
export function startLivePlants(world: World): void {
  const planting = new Planting(world);
  const live = [stageSkipped, lostWithoutGround, offerWithoutFile, contactTwice];
  live.forEach((plant, place) => {
    world.start(world.parameters.endAt + (1 + 2 * place) * MINUTE_MS, plant(planting));
  });
}

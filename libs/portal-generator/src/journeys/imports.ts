import { roublesOf } from '@funnelwatch/kernel';
import type { ImportParameters, PipelineParameters } from '../parameters/company-parameters.js';
import { processStages, someTicket, wonStage } from '../records/deals.js';
import type { PortalFields } from '../script.js';
import { dealSubjects, leadSubjects } from '../texts/russian-texts.js';
import type { Process } from '../world/agenda.js';
import { instantText, wholeSecond } from '../world/portal-calendar.js';
import type { World } from '../world/world.js';
import { SOURCES } from '../world/setup.js';

/** Brings in old rows, a second apart. They stand where they are put and never move. */
function* importRows(world: World, rows: ImportParameters): Process {
  for (let ordinal = 0; ordinal < rows.count; ordinal += 1) {
    const pipelines = world.allPipelines.filter((one) => one.kind !== 'invoice');
    const pipeline = world.random.pick(pipelines);
    const createdMs = wholeSecond(rows.datedFrom + world.random.next() * (rows.datedTo - rows.datedFrom));
    const movedMs = wholeSecond(createdMs + world.random.next() * (rows.datedTo - createdMs));
    if (pipeline.kind === 'lead') importLead(world, pipeline, createdMs, movedMs);
    else importDeal(world, pipeline, createdMs, movedMs);
    yield world.nowMs + 1000;
  }
}

function importDeal(world: World, pipeline: PipelineParameters, createdMs: number, movedMs: number): void {
  const { random } = world;
  const fields: PortalFields = {
    TITLE: `${random.pick(dealSubjects)} (перенос №${world.nextId('import-title')})`,
    CATEGORY_ID: pipeline.categoryId,
    STAGE_ID: someStage(world, pipeline),
    CURRENCY_ID: world.parameters.currency,
    OPPORTUNITY: roublesOf(BigInt(someTicket(world, pipeline))),
    IS_MANUAL_OPPORTUNITY: 'N',
    SOURCE_ID: random.pick(SOURCES),
    ...datedFields(world, createdMs, movedMs),
  };
  world.add('deal', fields, 'import');
}

function importLead(world: World, pipeline: PipelineParameters, createdMs: number, movedMs: number): void {
  const fields: PortalFields = {
    TITLE: `${world.random.pick(leadSubjects)} (перенос №${world.nextId('import-title')})`,
    STATUS_ID: someStage(world, pipeline),
    CURRENCY_ID: world.parameters.currency,
    OPPORTUNITY: '0.00',
    ...datedFields(world, createdMs, movedMs),
  };
  world.add('lead', fields, 'import');
}

function datedFields(world: World, createdMs: number, movedMs: number): PortalFields {
  const owner = world.random.chance(world.parameters.quirks.unownedImport) ? null : world.aSeller();
  // Every third import names no time of the last move: such a row stands in its stage since its creation.
  const moved = world.random.chance(0.33) ? null : movedMs;
  return {
    ASSIGNED_BY_ID: owner,
    CREATED_BY_ID: '1',
    MOVED_BY_ID: '1',
    DATE_CREATE: instantText(createdMs),
    DATE_MODIFY: instantText(movedMs),
    MOVED_TIME: moved === null ? null : instantText(moved),
    OPENED: 'Y',
  };
}

function someStage(world: World, pipeline: PipelineParameters): string {
  const roll = world.random.next();
  if (roll < 0.4) return wonStage(pipeline);
  if (roll < 0.7) return world.random.pick(pipeline.stages.filter((stage) => stage.semantics === 'F')).id;
  return world.random.pick(processStages(pipeline));
}

/** Imports never fall into an exact first month: their dates are the caller's to choose, and this checks it. */
export function startImports(world: World): void {
  const { imports, firstMonth, startAt } = world.parameters;
  for (const rows of imports) {
    if (firstMonth && rows.datedTo >= startAt && rows.datedFrom < world.calendar.startOfMonth(startAt, 1)) {
      throw new Error(`Imported rows are dated into the exact first month of ${firstMonth.pipelineId}.`);
    }
    world.start(rows.at, importRows(world, rows));
  }
}

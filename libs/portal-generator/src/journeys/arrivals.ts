import { type PipelineParameters, pipelineIdOf } from '../parameters/company-parameters.js';
import type { Process } from '../world/agenda.js';
import { DAY_MS, HOUR_MS } from '../world/portal-calendar.js';
import type { World } from '../world/world.js';
import { dealJourney } from './deal-journey.js';
import { leadJourney } from './lead-journey.js';

/** Starts new deals and leads day by day; the month's number is kept to within one, busier on working days. */
function* arrivals(world: World, pipeline: PipelineParameters, fromMs: number): Process {
  const { random, calendar } = world;
  const [leads] = world.pipelines('lead');
  let owed = 0;
  if (fromMs > world.nowMs) yield fromMs;
  while (world.nowMs < world.parameters.endAt) {
    const dayStart = Math.max(calendar.startOfDay(world.nowMs), fromMs);
    const nextDay = calendar.startOfDay(calendar.startOfDay(world.nowMs) + DAY_MS + 2 * HOUR_MS);
    const dayEnd = Math.min(nextDay, world.parameters.endAt);
    owed += (pipeline.monthlyArrivals / 30.44) * ((dayEnd - dayStart) / DAY_MS) * weight(world, dayStart);
    const count = Math.floor(owed);
    owed -= count;
    for (let ordinal = 0; ordinal < count; ordinal += 1) {
      const at = calendar.workMoment(dayStart + random.next() * (dayEnd - dayStart), random);
      if (pipeline.kind === 'lead') world.start(at, leadJourney(world, pipeline, null));
      else if (leads && random.chance(pipeline.leadShare)) world.start(at, leadJourney(world, leads, pipeline));
      else world.start(at, dealJourney(world, pipeline));
    }
    yield dayEnd >= world.parameters.endAt ? world.parameters.endAt + DAY_MS : nextDay;
  }
}

function weight(world: World, dayMs: number): number {
  if (!world.parameters.keepsWorkingHours) return 1;
  return world.calendar.isWorkingDay(dayMs + 12 * HOUR_MS) ? 1.3 : 0.25;
}

/** Starts the arrivals of every pipeline; the one with an exact first month begins after it. */
export function startArrivals(world: World): void {
  const { startAt, firstMonth } = world.parameters;
  for (const pipeline of world.allPipelines) {
    if (pipeline.monthlyArrivals <= 0) continue;
    const waits = firstMonth !== null && firstMonth.pipelineId === pipelineIdOf(pipeline);
    const fromMs = waits ? world.calendar.startOfMonth(startAt, 1) : startAt + 60_000;
    world.start(waits ? fromMs : startAt + 60_000, arrivals(world, pipeline, fromMs));
  }
}

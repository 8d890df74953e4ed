import type { NearMiss, PlantedBreach } from './breaches/planted-breach.js';
import { startLivePlants, startPlants } from './breaches/plant-breaches.js';
import { startArrivals } from './journeys/arrivals.js';
import { startConfigurationChanges } from './journeys/configuration-changes.js';
import { startFirstMonth } from './journeys/first-month.js';
import { startImports } from './journeys/imports.js';
import { liveActivity } from './live/live-activity.js';
import type { CompanyParameters } from './parameters/company-parameters.js';
import { addOwnCompany } from './records/clients.js';
import type { PortalOperation } from './script.js';
import { setUpCompany } from './world/setup.js';
import { World } from './world/world.js';

/** A company: how its portal is set up, what happened in it, what goes on happening, and what was planted. */
export interface GeneratedCompany {
  parameters: CompanyParameters;
  /** Configuration and people, all at `parameters.startAt`. */
  setup: PortalOperation[];
  /** Everything after the set-up, in time order, up to and including `parameters.endAt`. May be read repeatedly. */
  history: Iterable<PortalOperation>;
  /**
   * What happens after `endAt`, without an end, a few seconds apart; operations at or before `fromMs` are left out.
   * The same for the same parameters, whenever it is asked for.
   */
  live(fromMs: number): Iterable<PortalOperation>;
  /** Planted breaches of the rules, those of live activity included. */
  readonly breaches: PlantedBreach[];
  /** What the rules just do not object to. */
  readonly nearMisses: NearMiss[];
}

/** Live breaches are planted within this time after the history ends. */
const LIVE_PLANTS_MS = 20 * 60_000;

/** Makes a company. Nothing is computed before it is read; memory grows with open objects, not with the history. */
export function generate(parameters: CompanyParameters): GeneratedCompany {
  const { setup } = begin(parameters);
  let planted: Planted | null = null;
  const read = () => (planted ??= parameters.plantsBreaches ? collectPlanted(parameters) : nothingPlanted);
  return {
    parameters,
    setup,
    history: { [Symbol.iterator]: () => begin(parameters).world.runUntil(parameters.endAt) },
    live: (fromMs) => ({ [Symbol.iterator]: () => live(parameters, fromMs) }),
    get breaches() {
      return read().breaches;
    },
    get nearMisses() {
      return read().nearMisses;
    },
  };
}

function begin(parameters: CompanyParameters): { world: World; setup: PortalOperation[] } {
  const world = new World(parameters);
  setUpCompany(world, world.stageRows);
  addOwnCompany(world);
  const setup = world.takeMade();
  startConfigurationChanges(world, world.stageRows);
  startImports(world);
  if (parameters.firstMonth) startFirstMonth(world, parameters.firstMonth);
  startArrivals(world);
  if (parameters.plantsBreaches) startPlants(world);
  return { world, setup };
}

function* live(parameters: CompanyParameters, fromMs: number): Generator<PortalOperation, void, void> {
  for (const operation of liveOf(begin(parameters).world)) {
    if (operation.at > fromMs) yield operation;
  }
}

function* liveOf(world: World): Generator<PortalOperation, void, void> {
  const { endAt } = world.parameters;
  for (const operation of world.runUntil(endAt)) void operation;
  world.forgetPlans();
  world.nowMs = endAt;
  world.start(endAt + 2000, liveActivity(world));
  if (world.parameters.plantsBreaches) startLivePlants(world);
  yield* world.runUntil(Number.POSITIVE_INFINITY);
}

interface Planted {
  breaches: PlantedBreach[];
  nearMisses: NearMiss[];
}

const nothingPlanted: Planted = { breaches: [], nearMisses: [] };

function collectPlanted(parameters: CompanyParameters): Planted {
  const { world } = begin(parameters);
  for (const operation of liveOf(world)) {
    if (operation.at > parameters.endAt + LIVE_PLANTS_MS) break;
  }
  return { breaches: world.breaches, nearMisses: world.nearMisses };
}

import fc from 'fast-check';
import { day, type JudgedWorld } from '../judged-portal.spec-fixture.js';

/** Something that happens in a random portal; it knows how to be written down. */
export interface WorldFact {
  at: string;
  write(world: JudgedWorld): void;
}

const minute = 60_000;
const start = Date.parse(day(2, '09:00'));
const iso = (ms: number): string => new Date(ms).toISOString();

const leadLife = fc.record({
  beginsAfter: fc.integer({ min: 0, max: 5 * 24 * 60 }),
  touchesAfter: fc.option(fc.integer({ min: 1, max: 600 }), { nil: null }),
  plansAfter: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
  deadlineAfter: fc.integer({ min: 60, max: 4 * 24 * 60 }),
  finishesAfter: fc.option(fc.integer({ min: 1, max: 4 * 24 * 60 }), { nil: null }),
  losesAfter: fc.option(fc.integer({ min: 1, max: 6 * 24 * 60 }), { nil: null }),
  changesOwnerAfter: fc.option(fc.integer({ min: 1, max: 3 * 24 * 60 }), { nil: null }),
  vanishesAfter: fc.option(fc.integer({ min: 1, max: 8 * 24 * 60 }), { nil: null, freq: 5 }),
});

type LeadLife = typeof leadLife extends fc.Arbitrary<infer Drawn> ? Drawn : never;

function factsOf(life: LeadLife, index: number): WorldFact[] {
  const id = String(index + 1);
  const begin = start + life.beginsAfter * minute;
  const facts: WorldFact[] = [];
  const when = (after: number | null, write: (world: JudgedWorld, at: string) => void): void => {
    if (after === null) return;
    const at = iso(begin + after * minute);
    facts.push({ at, write: (world) => write(world, at) });
  };
  when(0, (world, at) => world.lead(id, at));
  when(life.touchesAfter, (world, at) => world.writes(`1${id}`, `lead:${id}`, at));
  const deadline = iso(begin + (life.plansAfter ?? 0) * minute + life.deadlineAfter * minute);
  when(life.plansAfter, (world, at) => world.plans(`2${id}`, `lead:${id}`, at, deadline));
  if (life.plansAfter !== null && life.finishesAfter !== null) {
    when(life.plansAfter + life.finishesAfter, (world, at) =>
      world.changes('activity', `2${id}`, at, { completed: true }),
    );
  }
  when(life.losesAfter, (world, at) => world.moves('lead', id, 'JUNK', at));
  when(life.changesOwnerAfter, (world, at) => world.changes('lead', id, at, { ownerId: '8' }));
  when(life.vanishesAfter, (world, at) => world.vanishes('lead', id, at));
  return facts;
}

/** Up to six leads that live for a while, in the order of time. */
export const randomWorld: fc.Arbitrary<WorldFact[]> = fc
  .array(leadLife, { minLength: 1, maxLength: 6 })
  .map((lives) => lives.flatMap(factsOf).sort((left, right) => (left.at < right.at ? -1 : 1)));

/** The instant up to which everything is judged in the end. */
export const endOfWorld = iso(start + 20 * 24 * 60 * minute);

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
  mergesInto: fc.option(fc.constantFrom('90', '91'), { nil: null }),
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
  when(life.vanishesAfter, (world, at) => {
    if (life.mergesInto === null) world.vanishes('lead', id, at);
    else world.merges('lead', id, life.mergesInto, at);
  });
  return facts;
}

/** A field that own rules name is gone for a while. */
const outage = fc.record({
  goesAfter: fc.integer({ min: 1, max: 6 * 24 * 60 }),
  lasts: fc.integer({ min: 1, max: 4 * 24 * 60 }),
});

function factsOfOutage({ goesAfter, lasts }: { goesAfter: number; lasts: number }): WorldFact[] {
  const [gone, back] = [goesAfter, goesAfter + lasts].map((after) => iso(start + after * minute));
  if (!gone || !back) return [];
  return [
    { at: gone, write: (world) => world.ownFields('lead', [], gone) },
    { at: back, write: (world) => world.ownFields('lead', [ownField], back) },
  ];
}

const audit = fc.record({
  auditId: fc.uuid(),
  drawnAfter: fc.integer({ min: 0, max: 24 * 60 }),
  scoredAfter: fc.integer({ min: 1, max: 3 * 24 * 60 }),
  isPassed: fc.boolean(),
  withdrawnAfter: fc.option(fc.integer({ min: 1, max: 24 * 60 }), { nil: null }),
});

function factsOfAudit(
  drawn: typeof audit extends fc.Arbitrary<infer Drawn> ? Drawn : never,
  index: number,
): WorldFact[] {
  const { auditId, drawnAfter, scoredAfter, isPassed, withdrawnAfter } = drawn;
  const tell = (after: number, type: string, data: object): WorldFact => {
    const at = iso(start + after * minute);
    return { at, write: (world) => void world.fact(`audit:${auditId}`, type, at, data) };
  };
  const about = `deal:${index + 1}`;
  const week = { week: '2026-02-23', kind: 'deal', happenedAt: iso(start), checklistId: 'deal', checklistVersion: 1 };
  const scoredAt = drawnAfter + scoredAfter;
  const score = { marks: [], score: isPassed ? 90 : 10, isPassed, failedBy: [], by: 'anna' };
  return [
    tell(drawnAfter, 'AuditDrawn', { auditId, seller: '7', about, ...week }),
    tell(scoredAt, 'AuditScored', score),
    ...(withdrawnAfter === null ? [] : [tell(scoredAt + withdrawnAfter, 'AuditScoreWithdrawn', { by: 'anna' })]),
  ];
}

/** Up to six leads that live for a while, audits, and a field that is gone for a while, in the order of time. */
export const randomWorld: fc.Arbitrary<WorldFact[]> = fc
  .record({
    lives: fc.array(leadLife, { minLength: 1, maxLength: 6 }),
    outages: fc.array(outage, { maxLength: 1 }),
    audits: fc.array(audit, { maxLength: 2 }),
  })
  .map(({ lives, outages, audits }) =>
    [...lives.flatMap(factsOf), ...outages.flatMap(factsOfOutage), ...audits.flatMap(factsOfAudit)].sort(
      (left, right) => (left.at < right.at ? -1 : 1),
    ),
  );

const ownField = 'UF_CRM_REASON';
const words = { ru: 'слова', en: 'words' };

/** What a portal of a random world has decided: a rule of its own about a field of its own is on, and so are audits and silences. */
export function decideRandomWorld(world: JudgedWorld): void {
  const at = day(2, '08:00');
  const rule = {
    ...{ id: 'OWN1', version: 1, kind: 'state', on: ['lead'], severity: 'S2', feedbackTo: ['owner'], feeds: ['leads'] },
    ...{ title: words, clause: words, feedback: words },
    when: `record.is_open && !record.filled("${ownField}")`,
  };
  world.ownFields('lead', [ownField], day(1, '00:00'));
  world.fact('discipline:portal', 'RuleWritten', at, { ruleId: 'OWN1', rule, by: 'nobody' });
  const parameters = { hours: { WEB: 4 } };
  world.fact('discipline:portal', 'RuleParametersSet', at, { ruleId: 'O08', parameters, by: 'nobody' });
  for (const ruleId of ['OWN1', 'A09', 'O08']) {
    const on = { ruleId, status: 'active', from: at, by: 'nobody', reason: 'by-hand' };
    world.fact('discipline:portal', 'RuleStatusSet', at, on);
  }
}

/** The instant up to which everything is judged in the end. */
export const endOfWorld = iso(start + 20 * 24 * 60 * minute);

import { randomUUID } from 'node:crypto';
import {
  basePack,
  type CompiledRule,
  compileRule,
  keptFactOf,
  Pipelines,
  RecordStory,
  workingTimeOf,
} from '@funnelwatch/curation';
import type { NewEvent } from '@funnelwatch/kernel';
import { Engine } from 'json-rules-engine';
import { compare } from '../compare.js';
import { ratioRow, type Row } from '../row.js';
import { conditionsOfPeer, fieldsOfPeer } from './peer-conditions.js';
import { hours, SalesEvents, STEPS_OF_DEAL } from './sales-log.js';

const DEALS = 1_000;
const FIRST_DAY_MS = Date.parse('2026-03-02T06:00:00Z');
/** As often as makes a turn of the product last about as long as one of the peer. */
const TIMES = 60;

/**
 * Conditions of the pack's rules evaluated a second, by the product on its views and by json-rules-engine on plain values
 * of the same deals. Throws when both do not find the same violations.
 */
export async function measureConditions(): Promise<Row[]> {
  const deals = dealsOfBench();
  const compiled = Object.keys(conditionsOfPeer).map((ruleId) => ruleOfDeals(ruleId));
  const workingTime = workingTimeOf(hours);
  const bindings = deals.map((record) =>
    compiled.map(({ parameters }) => ({ record, params: parameters, calendar: workingTime })),
  );
  const engine = new Engine(
    Object.entries(conditionsOfPeer).map(([ruleId, conditions]) => ({ conditions, event: { type: ruleId } })),
  );
  const plain = deals.map((record) => Object.fromEntries(fieldsOfPeer.map((name) => [name, record[name]])));

  const foundByProduct = (): number => {
    let found = 0;
    for (const each of bindings)
      for (const [index, { when }] of compiled.entries()) if (when(each[index] ?? {})) found += 1;
    return found;
  };
  const foundByPeer = async (): Promise<number> => {
    let found = 0;
    for (const facts of plain) found += (await engine.run(facts)).events.length;
    return found;
  };
  const violations = foundByProduct();
  const ofPeer = await foundByPeer();
  if (violations !== ofPeer || violations === 0) {
    throw new Error(`The product finds ${violations} violations, json-rules-engine ${ofPeer}`);
  }
  const evaluations = deals.length * compiled.length;
  const rate = (times: number, beganMs: number): number => (times * evaluations * 1000) / (performance.now() - beganMs);
  const comparison = await compare({
    product: () => {
      const beganMs = performance.now();
      for (let time = 0; time < TIMES; time += 1) foundByProduct();
      return Promise.resolve(rate(TIMES, beganMs));
    },
    peer: async () => {
      const beganMs = performance.now();
      await foundByPeer();
      return rate(1, beganMs);
    },
  });
  const work = `conditions of ${compiled.length} rules on ${deals.length} deals`;
  return [ratioRow(work, 'evaluations/s, json-rules-engine', comparison, { least: 50 })];
}

function ruleOfDeals(ruleId: string): CompiledRule {
  const rule = basePack.rules.find(({ id }) => id === ruleId);
  const compiled = rule && compileRule(rule).find(({ kinds }) => kinds.includes('deal'));
  if (!compiled) throw new Error(`The base pack has no rule ${ruleId} about deals`);
  return compiled;
}

/** Views of deals somewhere in their lives, as the engine has them in hand. */
function dealsOfBench(): Record<string, unknown>[] {
  const portalId = randomUUID();
  const sales = new SalesEvents(portalId);
  let position = 0;
  const factOf = (event: NewEvent) => {
    const fact = keptFactOf({ ...event, position: (position += 1) });
    return fact === null ? [] : [fact];
  };
  const pipelines = new Pipelines(sales.configured(FIRST_DAY_MS - 1).flatMap(factOf));
  const workingTime = workingTimeOf(hours);
  return Array.from({ length: DEALS }, (_, index) => {
    const number = index + 1;
    const steps = 1 + (number % STEPS_OF_DEAL);
    const facts = Array.from({ length: steps }, (_step, step) =>
      sales.stepOfDeal(number, step, FIRST_DAY_MS + step * 3_600_000),
    );
    const byStream = Map.groupBy(facts.flat().flatMap(factOf), ({ stream }) => stream);
    const around = { workingTime, zone: hours.zone };
    const untilMs = FIRST_DAY_MS + 30 * 86_400_000;
    const story = new RecordStory({ subject: `deal:${number}`, facts: byStream, pipelines, around, untilMs });
    for (const step of story.steps()) void step;
    return story.view as Record<string, unknown>;
  });
}

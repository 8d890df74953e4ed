import { type CompanyParameters, generate, type GeneratedCompany } from '@funnelwatch/portal-generator';
import type { Bench } from './bench.js';
import { captureHistory } from './capture-history.js';
import { captureLive } from './capture-live.js';
import { Engine } from './engine.js';

interface Judged {
  engine: Engine;
  company: GeneratedCompany;
}

/** A company read at the end of its history, judged by all rules. `simulator`: the flags that make it. */
export async function judgedFromHistory(
  bench: Bench,
  parameters: CompanyParameters,
  ...simulator: string[]
): Promise<Judged> {
  const engine = new Engine(bench, bench.newPortal(parameters.zone));
  await captureHistory(bench, engine.portal, parameters, ...simulator);
  await engine.decide(parameters);
  await engine.judge();
  return { engine, company: generate(parameters) };
}

const STOPS_BETWEEN_JUDGING = 100;

/** A company watched from its first day on, and judged by all rules again and again meanwhile. */
export async function judgedLive(bench: Bench, parameters: CompanyParameters, ...simulator: string[]): Promise<Judged> {
  const engine = new Engine(bench, bench.newPortal(parameters.zone));
  const company = generate(parameters);
  await engine.decide(parameters);
  await captureLive(bench, engine.portal, company, simulator, async (place) => {
    if (place % STOPS_BETWEEN_JUDGING === 0) await engine.judge();
  });
  await engine.judge();
  return { engine, company };
}

import type { GeneratedCompany } from './generate.js';
import type { PortalOperation } from './script.js';

/** The whole script of a company up to and including a moment: set-up, history, and live activity if it is later. */
export function* scriptUntil(company: GeneratedCompany, untilMs: number): Generator<PortalOperation, void, void> {
  const { endAt } = company.parameters;
  for (const part of [company.setup, company.history, untilMs > endAt ? company.live(endAt) : []]) {
    for (const operation of part) {
      if (operation.at > untilMs) return;
      yield operation;
    }
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Stack, StackPortal } from '../stack/stack.js';
import { plantedFigures } from './planted-figures.js';
import { shownFigures } from './shown-figures.js';
import { SimulatorControl } from './simulator-control.js';

/**
 * Waits until the script of the portal has ended and every figure the API shows equals the planted one. Throws with
 * the differences of a comparison that began after the time was over: one that began before it has asked for its first
 * figures while the last events were still on their way, and on a busy machine it takes minutes.
 */
export async function expectTruth(
  stack: Stack,
  portal: StackPortal,
  question: { timeoutMs: number; horizonsDays: string },
): Promise<number> {
  const { timeoutMs, horizonsDays } = question;
  const control = new SimulatorControl(portal.controlUrl);
  const deadline = performance.now() + timeoutMs;
  while (!(await control.standsStill())) {
    if (performance.now() > deadline) throw new Error('The script of the simulated portal has not ended in time');
    await sleep(200);
  }
  const truth = await control.truth(horizonsDays);
  const planted = plantedFigures(truth);
  for (;;) {
    const isLast = performance.now() > deadline;
    const differences = await shownFigures(stack, portal.portalId, truth).then(
      (shown) => planted.differencesFrom(shown),
      (error: unknown) => [String(error)],
    );
    if (differences.length === 0) return planted.figures.size;
    if (isLast) {
      const state = await (
        await fetch(`${stack.apiUrl}/api/v1/portals/${portal.portalId}`, { headers: { cookie: stack.cookie } })
      ).text();
      const lines = Object.entries(stack.processes).map(([name, { lastLines }]) => `${name}:\n${lastLines}`);
      throw new Error(
        `The funnel differs from the truth:\n${differences.join('\n')}\n\n${state}\n\n${lines.join('\n')}`,
      );
    }
    await sleep(1000);
  }
}

import { test } from '@jest/globals';
import { whatBrokerLacks } from '@funnelwatch/testing/broker';

const lack = await whatBrokerLacks();
// On a developer's machine the rest of the suite is of use without Java; in CI nothing may be left out.
const mustRun = lack === null || process.env['CI'] !== undefined;

/** A test that needs a real broker. Without Java it is skipped with the reason, in CI it fails. */
export function testWithBroker(title: string, work: () => Promise<void>): void {
  if (mustRun) test(title, work);
  else skip(`${title} — skipped: ${lack}`, work);
}

const { skip } = test;

import { createPool } from '@funnelwatch/postgres';
import { LedgerReader, SchemeSimulation } from '@funnelwatch/motivation';
import { monthPeriod } from '@funnelwatch/funnel';
import { inputs, MONTHS, scheme, SELLERS, ZONE } from './paid-company.js';

/** Replays a year through a scheme in a process of its own, so that its memory is nobody else’s; tells how it went. */
const { url, portal } = JSON.parse(process.env['REPLAY_SETTINGS'] ?? '') as {
  url: string;
  portal: { portalId: string; bucket: number };
};
const pool = createPool({ url, applicationName: 'bench-replay', statementTimeoutMs: 0 });
const ledger = new LedgerReader(pool);
const beganMs = performance.now();
const simulation = new SchemeSimulation(scheme);
// As the API does: the months of a few people after those of others.
const PEOPLE_AT_ONCE = 20;
const everybody = Array.from({ length: SELLERS }, (_, place) => String(10 + place));
for (let first = 0; first < SELLERS; first += PEOPLE_AT_ONCE) {
  const group = everybody.slice(first, first + PEOPLE_AT_ONCE);
  for (const month of MONTHS) {
    const done = await ledger.done(portal, { ...monthPeriod(ZONE, month), zone: ZONE }, group);
    const byDoer = Map.groupBy(done, ({ doer }) => doer);
    for (const userId of group)
      simulation.add({ userId, month, days: byDoer.get(userId) ?? [], inputs, paidKopecks: null });
  }
}
const { months } = simulation.result();
const kopecks = months.reduce((sum, one) => sum + (one.kopecks ?? 0n), 0n).toString();
const ms = performance.now() - beganMs;
process.send?.({ ms, personMonths: months.length, kopecks, peakMiB: process.resourceUsage().maxRSS / 1024 });
await pool.end();
process.disconnect?.();

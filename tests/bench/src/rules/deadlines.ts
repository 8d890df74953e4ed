import { medianOf, type Row } from '../row.js';
import { type BenchPortal, JudgedPortals, LATENESS_MS } from './judged-portals.js';

const sizes = (process.env['BENCH_DEADLINES'] ?? '100000,1000000').split(',').map(Number);
const WATERMARKS = 20;
const LEADS_OF_WATERMARK = 50;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MONDAY_MS = Date.parse('2026-03-02T07:00:00Z');

interface Outcome {
  pending: number;
  peakMiB: number;
  /** From a watermark until what it makes due is judged, milliseconds. */
  medianMs: number;
}

/**
 * A portal waits for very many deadlines, and watermarks go by with fifty of them each: peak memory of a fresh curator and
 * the time of a watermark, with 10⁵ and with 10⁶ deadlines pending.
 */
export async function measureDeadlines(): Promise<Row[]> {
  const bench = await JudgedPortals.start(1);
  try {
    const [portal] = bench.portals;
    if (!portal) throw new Error('There is no portal');
    await bench.append(portal, portal.sales.configured(MONDAY_MS - DAY_MS));
    const outcomes: Outcome[] = [];
    for (const [index, pending] of sizes.entries()) {
      outcomes.push(
        await liveThroughDay(bench, portal, { pending, firstLead: index * 10_000, dayMs: MONDAY_MS + index * DAY_MS }),
      );
    }
    const [small, large] = outcomes;
    if (!small || !large) throw new Error('Two sizes are compared');
    const memory = large.peakMiB / small.peakMiB;
    const time = large.medianMs / small.medianMs;
    const between = `${small.pending} → ${large.pending} deadlines pending`;
    return [
      {
        work: `peak memory of the curator, ${between}: ${small.peakMiB} → ${large.peakMiB} MiB`,
        figure: `${memory.toFixed(2)}×`,
        value: memory,
        target: 'flat (0.90 to 1.10×)',
        reached: memory >= 0.9 && memory <= 1.1,
      },
      {
        work: `a watermark with ${LEADS_OF_WATERMARK} deadlines, ${between}: ${Math.round(small.medianMs)} → ${Math.round(large.medianMs)} ms`,
        figure: `${time.toFixed(2)}×`,
        value: time,
        target: null,
        reached: true,
      },
    ];
  } finally {
    await bench.stop();
  }
}

async function liveThroughDay(
  bench: JudgedPortals,
  portal: BenchPortal,
  { pending, firstLead, dayMs }: { pending: number; firstLead: number; dayMs: number },
): Promise<Outcome> {
  const casesBefore = await bench.cases();
  // The first of them come in at ten; half an hour later the first answer is due.
  const leads = Array.from({ length: WATERMARKS * LEADS_OF_WATERMARK }, (_, place) =>
    portal.sales.lead(firstLead + place + 1, dayMs + Math.floor(place / LEADS_OF_WATERMARK) * MINUTE_MS),
  );
  await bench.append(portal, leads.flat());
  const advance = (toMs: number) => bench.append(portal, [portal.sales.watermark(toMs + LATENESS_MS)]);
  await advance(dayMs + 25 * MINUTE_MS);
  const curator = await bench.curator();
  await bench.judged();
  await pileUp(bench, portal, pending);
  const times: number[] = [];
  for (let minute = 30; minute < 30 + WATERMARKS; minute += 1) {
    const beganMs = performance.now();
    await advance(dayMs + minute * MINUTE_MS);
    await bench.judged();
    times.push(performance.now() - beganMs);
  }
  const peakMiB = await curator.peakMiB();
  await curator.stop();
  const opened = (await bench.cases()) - casesBefore;
  if (opened < WATERMARKS * LEADS_OF_WATERMARK)
    throw new Error(`Only ${opened} cases were opened by ${leads.length} leads`);
  return { pending, peakMiB, medianMs: medianOf(times) };
}

/** Deadlines far ahead, as the judge keeps them, of as many leads. */
async function pileUp(bench: JudgedPortals, portal: BenchPortal, pending: number): Promise<void> {
  await bench.pool.query(
    `INSERT INTO judge.deadline (bucket, portal_id, subject, due_at)
     SELECT $1, $2, 'lead:' || (100000000 + number), '2030-01-01T00:00:00Z'::timestamptz + number * interval '1 second'
       FROM generate_series(1, $3::int) AS number ON CONFLICT DO NOTHING`,
    [portal.bucket, portal.portalId, pending],
  );
  await bench.pool.query('ANALYZE judge.deadline');
}

import type { JudgedPortal } from '@funnelwatch/curation';
import type { CompanyParameters } from '@funnelwatch/portal-generator';
import { type Bench, eventually } from './bench.js';
import { SimulatedPortal } from './simulated-portal.js';

/** Captures a portal that somebody comes to at the end of its history, with everything that its backfill reads. */
export async function captureHistory(
  bench: Bench,
  portal: JudgedPortal,
  { endAt }: CompanyParameters,
  ...simulator: string[]
): Promise<void> {
  const simulated = await SimulatedPortal.start(...simulator);
  try {
    await simulated.standAt(endAt);
    const stop = bench.startCapture(portal, simulated.webhookUrl, { pollMs: 50, reconcileMs: 100 });
    try {
      // The watermark is told once the listings are read; product rows, owner by owner, take longer.
      const isRead = async () => {
        const status = await bench.status(portal);
        return status?.phase === 'live' && Object.keys(status.through).length > 0;
      };
      await eventually(isRead, 'the end of the backfill');
    } finally {
      await stop();
    }
  } finally {
    await simulated.stop();
  }
}

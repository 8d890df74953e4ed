import type { JudgedPortal } from '@funnelwatch/curation';
import type { CompanyParameters } from '@funnelwatch/portal-generator';
import { type Bench, eventually } from './bench.js';
import { SimulatedPortal } from './simulated-portal.js';

/** Captures a portal that somebody comes to at the end of its history, up to the first watermark. */
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
      const isTold = async () => Object.keys((await bench.status(portal))?.through ?? {}).length > 0;
      await eventually(isTold, 'the first watermark');
    } finally {
      await stop();
    }
  } finally {
    await simulated.stop();
  }
}

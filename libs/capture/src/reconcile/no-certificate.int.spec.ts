import { expect, it } from '@jest/globals';
import { CaptureBench, eventually, SimulatedPortal } from '../portal.spec-fixture.js';

it("a seller's webhook sees a part of the portal and gets no certificate", async () => {
  const portal = await SimulatedPortal.start('--company', 'tiny', '--seed', '5', '--deals', '20');
  const bench = await CaptureBench.create();
  try {
    const { path } = await portal.control<{ path: string }>('webhooks', { userId: 3, sees: 'own' });
    const warnings: string[] = [];
    const logger = {
      info: () => undefined,
      warn: (_details: object, message: string) => void warnings.push(message),
      error: () => undefined,
    };
    bench.start(new URL(path, portal.webhookUrl).href, { logger });
    await eventually(
      () => Promise.resolve(warnings.filter((text) => text.startsWith('No certificate')).length > 1),
      'two passes without a certificate',
    );
    expect(await bench.certificate()).toBeNull();
    expect((await bench.events()).filter(({ type }) => type === 'CaptureAdvanced')).toEqual([]);
  } finally {
    await bench.close();
    await portal.stop();
  }
});

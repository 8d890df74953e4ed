import { rmSync } from 'node:fs';

/** Stops the server of the run and removes its data. */
export default async function stopPostgres() {
  const running = globalThis.funnelwatchTestPostgres;
  if (!running) return;
  await running.server.stop();
  rmSync(running.parent, { recursive: true, force: true });
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort, isPortFree } from './free-port.js';

/** What is remembered about the simulated portal, so that a restart finds the same one at the same address. */
export interface SimulatedPortal {
  port: number;
  portalId: string | null;
}

const fileIn = (folder: string): string => join(folder, 'address.json');

/** The remembered address; another port when the old one is taken, a fresh one at the first start. */
export async function recallSimulatedPortal(folder: string): Promise<SimulatedPortal> {
  const text = await readFile(fileIn(folder), 'utf8').catch(() => null);
  const known = text === null ? null : (JSON.parse(text) as SimulatedPortal);
  if (known && (await isPortFree(known.port))) return known;
  return { port: await findFreePort(), portalId: known?.portalId ?? null };
}

export async function rememberSimulatedPortal(folder: string, portal: SimulatedPortal): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${fileIn(folder)}.new`, JSON.stringify(portal));
  await rename(`${fileIn(folder)}.new`, fileIn(folder));
}

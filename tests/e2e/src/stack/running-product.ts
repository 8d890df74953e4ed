import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { isAlive, type StartCommand } from './start-command.js';

interface PortalAnswer {
  phase: string;
  counts: Record<string, number>;
  freshness: { eventsBehind: number };
}

/** The portal as the API shows it. */
export async function portalOf(run: StartCommand): Promise<PortalAnswer> {
  const answer = await fetch(`${run.report.address}api/v1/portals/${run.report.portalId}`, {
    headers: { cookie: await run.cookie() },
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as PortalAnswer;
}

/** Waits until the history is read and every event is in the read models; on a busy machine that takes a while. */
export async function waitUntilLive(run: StartCommand): Promise<PortalAnswer> {
  for (let attempt = 0; attempt < 900; attempt += 1) {
    const portal = await portalOf(run);
    if (portal.phase === 'live' && portal.freshness.eventsBehind === 0) return portal;
    await sleep(200);
  }
  throw new Error('The backfill did not end within three minutes');
}

/** Every process of a started product, the servers' own included. */
export async function everyPid(run: StartCommand, data: string): Promise<number[]> {
  const postmaster = Number((await readFile(join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  return [...Object.values(run.report.pids), postmaster, ...(await brokersOf(data))];
}

/** Expects all processes to have ended within the time. */
export async function expectNobodyLeft(pids: number[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (pids.some(isAlive) && performance.now() < deadline) await sleep(100);
  expect(pids.filter(isAlive)).toEqual([]);
}

/** Process ids of the brokers that work on a data folder; only Linux tells them without a tool. */
export async function brokersOf(data: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return command.includes(`kafka.Kafka\0${join(data, 'kafka')}`) ? [Number(pid)] : [];
    }),
  );
  return found.flat();
}

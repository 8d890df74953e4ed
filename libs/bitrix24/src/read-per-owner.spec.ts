import { expect, test } from '@jest/globals';
import type { BatchOutcome } from './batch-answer.js';
import { failureOfError } from './classify.js';
import type { Command } from './client.js';
import { ownerReads, type OwnerRows, readPerOwner } from './read-per-owner.js';

type Answer = { rows: number } | { error: string };

/** A client whose answers depend on owner, start and how often that was asked. */
function clientOf(answer: (ownerId: number, start: number, time: number) => Answer) {
  const asked = new Map<string, number>();
  let requests = 0;
  const batch = async (commands: Record<string, Command>) => {
    requests += 1;
    const outcomes = Object.entries(commands).map(([key, { method, params }]): [string, BatchOutcome] => {
      const { filter, start } = params as { filter: { '=ownerId': number }; start: number };
      const ownerId = filter['=ownerId'];
      const question = `${ownerId}/${start}`;
      asked.set(question, (asked.get(question) ?? 0) + 1);
      const reply = answer(ownerId, start, asked.get(question) ?? 1);
      if ('error' in reply) {
        return [key, { ok: false, failure: failureOfError(reply, null, { host: 'h', method, idempotent: true }) }];
      }
      const page = Array.from({ length: Math.min(50, reply.rows - start) }, (_, index) => ({ id: start + index }));
      const next = start + 50 < reply.rows ? start + 50 : null;
      return [key, { ok: true, result: { productRows: page }, total: reply.rows, next, time: null }];
    });
    return { outcomes: Object.fromEntries(outcomes), time: null };
  };
  return { client: { batch, retryPauseMs: () => 0 } as never, requests: () => requests };
}

async function readAll(answer: (ownerId: number, start: number, time: number) => Answer, owners: number) {
  const { client, requests } = clientOf(answer);
  const ids = Array.from({ length: owners }, (_, index) => index + 1);
  const read = new Map<number, number | string>();
  for await (const finished of readPerOwner(client, ownerReads.dealProductRows, ids)) {
    for (const one of finished) read.set(one.ownerId, outcomeOf(one));
  }
  return { read, requests: requests() };
}

function outcomeOf(one: OwnerRows): number | string {
  return 'failure' in one ? one.failure.code : one.rows.length;
}

test.each([
  [0, 0],
  [1, 1],
  [50, 1],
  [51, 2],
  [1000, 20],
])('%i owners take %i requests', async (owners, requests) => {
  const result = await readAll(() => ({ rows: 2 }), owners);
  expect(result.requests).toBe(requests);
  expect(result.read.size).toBe(owners);
});

test('an owner with many rows is read to the end', async () => {
  const { read } = await readAll((ownerId) => ({ rows: ownerId === 2 ? 120 : 0 }), 3);
  expect([...read]).toEqual(
    expect.arrayContaining([
      [1, 0],
      [2, 120],
      [3, 0],
    ]),
  );
});

test('a failure belongs to its owner, one for the moment is asked again', async () => {
  const { read } = await readAll((ownerId, _start, time) => {
    if (ownerId === 2) return { error: 'NOT_FOUND' };
    if (ownerId === 3 && time < 3) return { error: 'INTERNAL_SERVER_ERROR' };
    if (ownerId === 4) return { error: 'INTERNAL_SERVER_ERROR' };
    return { rows: 1 };
  }, 4);
  expect(Object.fromEntries(read)).toEqual({ 1: 1, 2: 'NOT_FOUND', 3: 1, 4: 'TEMPORARY' });
});

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { failureOfError, failureOfTransport } from './classify.js';
import { inMemoryPortal, type PortalFaults } from './in-memory-portal.spec-fixture.js';
import { idOf, type Listing, listings } from './listings.js';
import { walkByIds, type WalkOptions } from './walk-by-ids.js';

async function walk(listing: Listing, ids: Iterable<number>, options: WalkOptions = {}, faults: PortalFaults = {}) {
  const portal = inMemoryPortal(listing, new Set(ids), faults);
  const read: number[] = [];
  let isLast = false;
  for await (const page of walkByIds(portal.client, listing, options)) {
    for (const row of page.rows) read.push(idOf(listing, row));
    expect(page.lastId).toBe(read.at(-1) ?? options.after ?? 0);
    isLast = page.isLast;
  }
  expect(isLast).toBe(true);
  return { read, requests: portal.requests(), commands: portal.commands() };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test.each(Object.values(listings).map((listing) => [listing.name, listing] as const))(
  '%s are read completely, once, in order',
  async (_name, listing) => {
    const ids = upTo(2620).map((id) => id * 3);
    expect(await walk(listing, ids)).toMatchObject({ read: ids, requests: 2 });
  },
);

test.each([
  [0, 1],
  [1, 1],
  [50, 1],
  [2499, 1],
  [2500, 2],
  [2501, 2],
  [5000, 3],
  [7000, 3],
])('%i rows take %i requests', async (rows, requests) => {
  expect((await walk(listings.deals, upTo(rows))).requests).toBe(requests);
});

test.each([
  [0, 1],
  [49, 1],
  [50, 2],
  [120, 3],
])('%i expected rows take %i commands', async (expectedRows, commands) => {
  const result = await walk(listings.deals, upTo(expectedRows), { expectedRows });
  expect(result).toMatchObject({ requests: 1, commands });
});

test('rows of any ids, any batch size, any failure for the moment, any references: all of them, once', async () => {
  const cases = fc.record({
    ids: fc.uniqueArray(fc.integer({ min: 1, max: 5000 }), { maxLength: 600 }),
    maxCommands: fc.integer({ min: 1, max: 50 }),
    expectedRows: fc.option(fc.integer({ min: 0, max: 700 }), { nil: undefined }),
    failing: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 8 })), { maxLength: 4 }),
    withoutReferences: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ ids, maxCommands, expectedRows, failing, withoutReferences }) => {
      const errorOf = (request: number, command: number) =>
        failing.some(([one, other]) => one === request && other === command)
          ? { error: 'INTERNAL_SERVER_ERROR' }
          : undefined;
      const { read } = await walk(listings.leads, ids, { maxCommands, expectedRows }, { errorOf, withoutReferences });
      expect(read).toEqual([...ids].sort((one, other) => one - other));
    }),
    { numRuns: 150 },
  );
});

test('goes on from where an earlier walk stopped', async () => {
  expect((await walk(listings.deals, upTo(300), { after: 120 })).read).toEqual(upTo(300).slice(120));
});

test('rows that come and go meanwhile do not hide others', async () => {
  const beforeRequest = (request: number, ids: Set<number>): void => {
    if (request !== 2) return;
    for (const id of [100, 2600, 2601]) ids.delete(id);
    ids.add(9000);
  };
  const { read } = await walk(listings.deals, upTo(3000), {}, { beforeRequest });
  expect(read).toEqual([...upTo(3000).filter((id) => id !== 2600 && id !== 2601), 9000]);
});

test('a failure for good is thrown after the rows before it were handed out', async () => {
  const errorOf = (_request: number, command: number) => (command === 2 ? { error: 'insufficient_scope' } : undefined);
  const portal = inMemoryPortal(listings.deals, new Set(upTo(500)), { errorOf });
  const read: number[] = [];
  const walking = (async () => {
    for await (const page of walkByIds(portal.client, listings.deals)) read.push(page.rows.length);
  })();
  await expect(walking).rejects.toMatchObject({ code: 'SCOPE_MISSING' });
  expect(read).toEqual([100]);
});

test('a failure that does not go away ends the walk', async () => {
  const errorOf = () => ({ error: 'INTERNAL_SERVER_ERROR' });
  await expect(walk(listings.deals, [1], {}, { errorOf })).rejects.toMatchObject({ code: 'TEMPORARY' });
});

test('a portal that ignores the filter is noticed before a row is lost or repeated', async () => {
  const walking = walk(listings.deals, upTo(300), { after: 10 }, { ignoresFilter: true });
  await expect(walking).rejects.toMatchObject({ code: 'UNKNOWN', failure: { reason: 'filter-ignored' } });
});

test('a request that the portal cuts is made again, smaller, and the small size is kept', async () => {
  const tooLong = failureOfTransport(Object.assign(new Error('cut'), { code: 'UND_ERR_HEADERS_TIMEOUT' }), {
    host: 'portal',
    method: 'batch',
    idempotent: true,
  });
  const failureOf = (_request: number, commands: number) => (commands > 12 ? tooLong : undefined);
  const { read, requests } = await walk(listings.deals, upTo(1500), {}, { failureOf });
  expect(read).toEqual(upTo(1500));
  expect(requests).toBe(4);
});

test('a failure of the whole request that a smaller one would have too is thrown at once', async () => {
  const revoked = failureOfError({ error: 'NO_AUTH_FOUND' }, 401, {
    host: 'portal',
    method: 'batch',
    idempotent: true,
  });
  const portal = inMemoryPortal(listings.deals, new Set([1]), { failureOf: () => revoked });
  await expect(walkByIds(portal.client, listings.deals).next()).rejects.toBe(revoked);
  expect(portal.requests()).toBe(1);
});

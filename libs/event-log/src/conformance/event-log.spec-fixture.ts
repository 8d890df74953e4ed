import { beforeEach, describe, expect, test } from '@jest/globals';
import { canonicalJson, type StoredEvent } from '@funnelwatch/kernel';
import { CHAIN_START, chainHash, digestOf, sealedDigestOf } from '../envelope.js';
import type { EventLog } from '../port.js';
import { eventOf, groupOf, portalA, portalB, portalC } from './events.spec-fixture.js';

/** What every event log does. `open` returns an empty one. */
export function eventLogConformance(open: () => Promise<EventLog>): void {
  let log: EventLog;
  beforeEach(async () => {
    log = await open();
  });

  const identities = (events: StoredEvent[]): unknown[] => events.map((event) => event.data['identity']);

  describe('an append', () => {
    test('gives positions and versions and can be read back as it was written', async () => {
      const first = eventOf('deal:1', 'a', {
        causationId: 'cause',
        correlationId: 'correlation',
        sealed: { 'contact:12': 'v1.secret', 'contact:2': 'v1.other' },
      });
      const result = await log.append(portalA, [{ streamId: 'deal:1', expected: 'none', events: [first] }]);
      expect(result).toEqual({
        bucket: 3,
        position: 1,
        events: [{ eventId: first.eventId, streamId: 'deal:1', position: 1, version: 1, isReplay: false }],
      });
      const [stored] = await log.readStream(portalA, 'deal:1');
      expect(stored).toMatchObject({ ...first, portalId: portalA.portalId, bucket: 3, position: 1, version: 1 });
      expect(stored?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      expect(stored).not.toHaveProperty('sealedDigest');
      expect(stored).not.toHaveProperty('erased');
    });

    test('of many streams is dense over the bucket and per stream', async () => {
      const result = await log.append(portalA, [groupOf('deal:1', 'none', 'a', 'b'), groupOf('deal:2', 'any', 'c')]);
      expect(result.events.map((event) => [event.position, event.version])).toEqual([
        [1, 1],
        [2, 2],
        [3, 1],
      ]);
      expect(result.position).toBe(3);
      expect(await log.head(3)).toBe(3);
      expect(await log.head(7)).toBe(0);
    });

    test('may name one stream twice, the second time at the version the first one made', async () => {
      await log.append(portalA, [groupOf('deal:1', 'none', 'a'), groupOf('deal:1', 1, 'b')]);
      expect(identities(await log.readStream(portalA, 'deal:1'))).toEqual(['a', 'b']);
      const clash = log.append(portalA, [groupOf('deal:2', 'none', 'c'), groupOf('deal:2', 'none', 'd')]);
      await expect(clash).rejects.toMatchObject({ code: 'EVENT_LOG_VERSION_CONFLICT' });
      expect(await log.head(3)).toBe(2);
    });

    test('of nothing changes nothing and still holds its expectation', async () => {
      await log.append(portalA, [groupOf('deal:1', 'none', 'a')]);
      expect(await log.append(portalA, [])).toEqual({ bucket: 3, events: [], position: 1 });
      expect(await log.append(portalA, [groupOf('deal:1', 1)])).toMatchObject({ events: [], position: 1 });
      await expect(log.append(portalA, [groupOf('deal:1', 2)])).rejects.toMatchObject({
        code: 'EVENT_LOG_VERSION_CONFLICT',
      });
    });
  });

  describe('an expectation', () => {
    test.each([
      ['none', 'exists', 1],
      ['exists', 'none', 1],
      [1, 2, 1],
      [1, 0, 1],
    ] as const)('%p holds where %p does not', async (right, wrong, actual) => {
      await log.append(portalA, [groupOf('deal:1', 'none', 'a')]);
      const stream = right === 'none' ? 'deal:2' : 'deal:1';
      const refused = log.append(portalA, [groupOf(stream, wrong, 'b')]);
      const version = stream === 'deal:1' ? actual : 0;
      await expect(refused).rejects.toMatchObject({
        code: 'EVENT_LOG_VERSION_CONFLICT',
        details: { streamId: stream, expected: wrong, actual: version },
      });
      expect(await log.head(3)).toBe(1);
      await log.append(portalA, [groupOf(stream, right, 'b')]);
      await log.append(portalA, [groupOf(stream, 'any', 'c')]);
      expect(await log.head(3)).toBe(3);
    });

    test('that fails in one stream keeps the others from changing', async () => {
      await log.append(portalA, [groupOf('deal:2', 'none', 'x')]);
      const mixed = [
        groupOf('deal:1', 'none', 'a', 'b'),
        groupOf('deal:2', 'none', 'c'),
        groupOf('deal:3', 'any', 'd'),
      ];
      await expect(log.append(portalA, mixed)).rejects.toMatchObject({ details: { streamId: 'deal:2', actual: 1 } });
      expect(await log.head(3)).toBe(1);
      expect(await log.readStream(portalA, 'deal:1')).toEqual([]);
      await log.append(portalA, [groupOf('deal:1', 'none', 'a')]);
      expect(await log.head(3)).toBe(2);
    });
  });

  describe('a replay', () => {
    beforeEach(async () => {
      await log.append(portalA, [groupOf('deal:1', 'none', 'a', 'b'), groupOf('deal:2', 'none', 'c')]);
      await log.append(portalA, [groupOf('deal:3', 'none', 'd')]);
    });

    test.each(['reject', 'skip'] as const)('of all ids returns the original positions (%s)', async (duplicates) => {
      const groups = [groupOf('deal:1', 'none', 'a', 'b'), groupOf('deal:2', 'none', 'c')];
      const again = await log.append(portalA, groups, { duplicates });
      expect(again.events.map((event) => [event.position, event.version, event.isReplay])).toEqual([
        [1, 1, true],
        [2, 2, true],
        [3, 1, true],
      ]);
      expect(again.position).toBe(4);
      const one = await log.append(portalA, [groupOf('deal:2', 'none', 'c')], { duplicates });
      expect(one.events).toMatchObject([{ position: 3, version: 1, isReplay: true }]);
      expect(await log.head(3)).toBe(4);
    });

    test('of some ids is refused for a command, naming the version', async () => {
      const partly = log.append(portalA, [groupOf('deal:4', 'none', 'x'), groupOf('deal:1', 'any', 'b', 'e')]);
      await expect(partly).rejects.toMatchObject({
        code: 'EVENT_LOG_PARTIAL_REPLAY',
        details: { streamId: 'deal:1', actual: 2 },
      });
      expect(await log.head(3)).toBe(4);
    });

    test('of some ids is passed over one by one where asked', async () => {
      const groups = [groupOf('deal:1', 'any', 'b', 'e', 'a', 'e'), groupOf('deal:2', 'none', 'c')];
      const result = await log.append(portalA, groups, { duplicates: 'skip' });
      expect(result.events.map((event) => [event.position, event.version, event.isReplay])).toEqual([
        [2, 2, true],
        [5, 3, false],
        [1, 1, true],
        [5, 3, true],
        [3, 1, true],
      ]);
      expect(result.position).toBe(5);
      const fresh = [groupOf('deal:1', 2, 'a', 'f')];
      await expect(log.append(portalA, fresh, { duplicates: 'skip' })).rejects.toMatchObject({
        code: 'EVENT_LOG_VERSION_CONFLICT',
        details: { actual: 3 },
      });
    });

    test('with other content under the same id is refused for a command and passed over otherwise', async () => {
      const other = { ...eventOf('deal:1', 'a'), data: { identity: 'a', amount: '1' } };
      const groups = [{ streamId: 'deal:1', expected: 'any' as const, events: [other] }];
      await expect(log.append(portalA, groups)).rejects.toMatchObject({ code: 'EVENT_LOG_ID_REUSED' });
      const both = [groupOf('deal:1', 'any', 'b'), ...groups];
      await expect(log.append(portalA, both)).rejects.toMatchObject({ code: 'EVENT_LOG_ID_REUSED' });
      expect(await log.append(portalA, groups, { duplicates: 'skip' })).toMatchObject({
        events: [{ position: 1, isReplay: true }],
      });
    });

    test.each(['reject', 'skip'] as const)(
      'of an id in another stream or portal is refused (%s)',
      async (duplicates) => {
        const { eventId } = eventOf('deal:1', 'a');
        const moved = [{ streamId: 'deal:9', expected: 'any' as const, events: [eventOf('deal:9', 'a', { eventId })] }];
        await expect(log.append(portalA, moved, { duplicates })).rejects.toMatchObject({ code: 'EVENT_LOG_ID_REUSED' });
        const more = [groupOf('deal:8', 'any', 'y', 'z'), ...moved];
        await expect(log.append(portalA, more, { duplicates })).rejects.toMatchObject({ code: 'EVENT_LOG_ID_REUSED' });
        const foreign = log.append(portalB, [groupOf('deal:1', 'any', 'a')], { duplicates });
        await expect(foreign).rejects.toMatchObject({ code: 'EVENT_LOG_ID_REUSED' });
      },
    );

    test('inside one append is refused for a command', async () => {
      const twice = log.append(portalA, [groupOf('deal:5', 'none', 'x', 'x')]);
      await expect(twice).rejects.toMatchObject({ code: 'EVENT_LOG_ID_REUSED' });
      const apart = [
        groupOf('deal:5', 'any', 'x'),
        { streamId: 'deal:6', expected: 'any' as const, events: [{ ...eventOf('deal:5', 'x'), streamId: 'deal:6' }] },
      ];
      const refused = log.append(portalA, apart, { duplicates: 'skip' });
      await expect(refused).rejects.toMatchObject({ code: 'EVENT_LOG_ID_REUSED' });
    });
  });

  describe('reading', () => {
    beforeEach(async () => {
      await log.append(portalA, [groupOf('deal:1', 'none', 'a', 'b', 'c')]);
      await log.append(portalB, [groupOf('deal:2', 'none', 'd')]);
      await log.append(portalC, [groupOf('deal:3', 'none', 'e')]);
      await log.append(portalA, [groupOf('deal:1', 3, 'f')]);
    });

    test('a stream goes by version, from where and as far as asked', async () => {
      expect(identities(await log.readStream(portalA, 'deal:1'))).toEqual(['a', 'b', 'c', 'f']);
      const part = await log.readStream(portalA, 'deal:1', { fromVersion: 2, limit: 2 });
      expect(part.map((event) => event.version)).toEqual([2, 3]);
      expect(await log.readStream(portalB, 'deal:1')).toEqual([]);
    });

    test('a bucket goes by position and keeps to the portal asked for', async () => {
      expect(identities(await log.readBucket(3, 0, 10))).toEqual(['a', 'b', 'c', 'd', 'f']);
      expect(identities(await log.readBucket(3, 3, 1))).toEqual(['d']);
      expect(identities(await log.readBucket(3, 0, 10, { portalId: portalB.portalId }))).toEqual(['d']);
      expect(identities(await log.readBucket(7, 0, 10))).toEqual(['e']);
      expect(await log.readBucket(3, 5, 10)).toEqual([]);
    });
  });

  test('digests and the chain can be computed again from what is read', async () => {
    const sealed = { 'lead:1': 'v1.abc' };
    await log.append(portalA, [groupOf('deal:1', 'none', 'a')]);
    await log.append(portalB, [
      groupOf('deal:1', 'none', 'z', 'y'),
      { streamId: 'lead:1', expected: 'any', events: [eventOf('lead:1', 'b', { sealed })] },
    ]);
    let chain = CHAIN_START;
    const events = await log.readBucket(3, 0, 10);
    for (const stored of events) {
      const { portalId, bucket, position, version, recordedAt, digest, hash, sealed: parts, ...envelope } = stored;
      const body = parts ? { ...envelope, sealedDigest: sealedDigestOf(canonicalJson(parts)) } : envelope;
      expect(digestOf(canonicalJson(body)).toString('hex')).toBe(digest);
      chain = chainHash(chain, Buffer.from(digest, 'hex'), { portalId, bucket, position, version, recordedAt });
      expect(chain.toString('hex')).toBe(hash);
    }
    expect(events).toHaveLength(4);
  });

  test('the same append made twice at once is stored once, and both learn where', async () => {
    const groups = [groupOf('deal:1', 'none', 'a', 'b')];
    const results = await Promise.all([1, 2, 3].map(() => log.append(portalA, groups)));
    for (const { events } of results) expect(events.map((event) => event.position)).toEqual([1, 2]);
    expect(results.filter(({ events }) => events.every((event) => !event.isReplay))).toHaveLength(1);
    expect(await log.head(3)).toBe(2);
  });

  test('concurrent appends leave no hole, and each keeps its own outcome', async () => {
    const appends = Array.from({ length: 60 }, (_, index) => {
      const portal = index % 3 === 0 ? portalB : portalA;
      const stream = `deal:${index % 7}`;
      if (index % 10 === 9) return log.append(portal, [groupOf(stream, 500, `n${index}`)]);
      return log.append(portal, [groupOf(stream, 'any', `n${index}`), groupOf('user:1', 'any', `u${index}`)]);
    });
    const outcomes = await Promise.allSettled(appends);
    expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(6);
    const events = await log.readBucket(3, 0, 1_000);
    expect(events.map((event) => event.position)).toEqual(Array.from({ length: 108 }, (_, index) => index + 1));
    const versions = new Map<string, number>();
    for (const event of events) {
      const key = `${event.portalId}/${event.streamId}`;
      expect(event.version).toBe((versions.get(key) ?? 0) + 1);
      versions.set(key, event.version);
    }
  });
}

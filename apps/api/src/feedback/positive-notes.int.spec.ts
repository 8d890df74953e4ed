import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { decideDiscipline } from '@funnelwatch/curation';
import { eventIdOf } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { withTransaction } from '@funnelwatch/postgres';
import { listMessages, readMessageTexts, setChannel } from '@funnelwatch/write-back';
import { randomUUID } from 'node:crypto';
import { openCase, tellOfCase } from '../cases/opened-case.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { offerCleanWeeks } from './offer-clean-weeks.js';
import { positiveNotesSchema } from './positive-notes.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;

beforeAll(async () => {
  api = await startApi({ withCases: true });
});
afterAll(() => api.stop());

const week = '2026-03-02';

/** A portal with a clean week of user 4; `from`: since when good words are on, null while they are off. */
async function portalWith(from: string | null, isChannelOn: boolean): Promise<void> {
  portal = await api.portal(`https://${randomUUID()}.bitrix24.ru/rest/1/abcdefgh12345678/`);
  if (isChannelOn) {
    const change = { channel: 'notification', isEnabled: true, capPerPersonDay: 5, by: 'x', now: new Date() } as const;
    await withTransaction(api.pool, (client) => setChannel(client, portal, change));
  }
  if (from !== null) {
    const data = { isOn: true, leastChecks: 20, channel: 'notification', by: 'x', from } as const;
    await decideDiscipline(api.log, systemClock, portal, [{ type: 'PositiveNotesSet', data }], randomUUID());
  }
  const occurredAt = '2026-03-08T21:00:00.000Z';
  await api.log.append(portal, [
    {
      streamId: 'clean-weeks:4',
      expected: 'any',
      events: [
        {
          ...{ eventId: eventIdOf(occurredAt, randomUUID()), streamId: 'clean-weeks:4', type: 'CleanWeekNoted' },
          ...{ schemaVersion: 1, occurredAt, actor: 'system', provenance: 'observed' },
          data: { person: '4', week, checks: 34 },
        },
      ],
    },
  ]);
  await api.projected(portal);
}

const offer = (days = 0) => {
  const clock = { now: () => new Date(Date.now() + days * 86_400_000) };
  return offerCleanWeeks({ pool: api.pool, keyRing: api.keyRing, clock }, portal);
};
const longAgo = '2026-01-01T00:00:00.000Z';

test('a clean week is told once, where good words and their channel are on', async () => {
  await portalWith(longAgo, true);
  expect(await offer()).toBe(1);
  expect(await offer()).toBe(0);
  const messages = await listMessages(api.pool, portal, { limit: 10 });
  expect(messages).toMatchObject([
    { channel: 'notification', recipientId: '4', purpose: `clean-week:${week}`, about: { kind: 'user', id: '4' } },
  ]);
  const texts = await readMessageTexts(
    api.pool,
    api.keyRing,
    portal,
    messages.map(({ messageId }) => messageId),
  );
  expect(JSON.stringify([...texts.values()])).toContain('С 2 марта по 8 марта проверок стандарта было 34');
});

test.each([
  ['good words are off', null, true, 0],
  ['the channel is off', longAgo, false, 0],
  ['it was noted before they were switched on', new Date(Date.now() + 3_600_000).toISOString(), true, 0],
  ['it would come more than a week late', longAgo, true, 8],
])('nothing is said while %s', async (_says, from, isChannelOn, days) => {
  await portalWith(from, isChannelOn);
  expect(await offer(days)).toBe(0);
});

test('a violation that was confirmed meanwhile takes the word back before it is said', async () => {
  await portalWith(longAgo, true);
  const caseId = await openCase(api.log, portal, { startAt: '2026-03-04T09:00:00.000Z' });
  await tellOfCase(api.log, portal, caseId, [
    { type: 'VerdictGiven', data: { verdict: 'real', by: randomUUID(), seconds: null, template: '' } },
  ]);
  await api.projected(portal);
  expect(await offer()).toBe(0);
});

test('they are off until somebody switches them on', async () => {
  await portalWith(null, false);
  const path = `/api/v1/portals/${portal.portalId}/positive-notes`;
  expect(positiveNotesSchema.parse((await ask(api, path)).body)).toEqual({
    ...{ isOn: false, leastChecks: 20, channel: 'notification' },
  });
  const body = { isOn: true, leastChecks: 30, channel: 'task' };
  const init = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  expect((await ask(api, path, init)).status).toBe(200);
  await api.projected(portal);
  expect((await ask(api, path)).body).toEqual(body);
  const comment = { ...init, body: JSON.stringify({ ...body, channel: 'timeline-comment' }) };
  expect((await ask(api, path, comment)).status).toBe(400);
});

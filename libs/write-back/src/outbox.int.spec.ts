import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Channel } from './domain/message.js';
import { KeyRing, PostgresKeyStore } from '@funnelwatch/event-log';
import { enqueueMessage, type NewMessage } from './enqueue-message/enqueue-message.js';
import { sealText } from './stored-message/sealed-text.js';
import { readMessageTexts } from './list-messages/list-messages.js';
import { OutboxBench } from './outbox.spec-fixture.js';
import { outboxStatus } from './outbox-status/outbox-status.js';
import { previewMessage } from './preview-message/preview-message.js';
import { readChannels } from './set-channel/channel-settings.js';
import { type ChannelChange, setChannel } from './set-channel/set-channel.js';
import { SimulatedPortal } from './simulated-portal.spec-fixture.js';

let simulator: SimulatedPortal;
let bench: OutboxBench;

beforeAll(async () => {
  simulator = await SimulatedPortal.start();
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await simulator.heal();
  bench = await OutboxBench.create(simulator);
});
afterEach(() => bench.close());

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a channel', () => {
  test('is off by default: nothing goes to the portal, not even a question; switched on, fresh messages go', async () => {
    expect((await readChannels(bench.owner, bench.portal)).map(({ isEnabled }) => isEnabled)).toEqual([
      false,
      false,
      false,
    ]);
    await simulator.control('counters', null, 'DELETE');
    bench.work();
    const message = await bench.enqueue();
    expect(await bench.until(message.messageId, 'held')).toMatchObject({ reason: 'CHANNEL_OFF', nextAttemptAt: null });
    await rest(100);
    expect(await simulator.requests()).toBe(0);

    await bench.switch(true);
    const sent = await bench.until(message.messageId, 'sent');
    expect(bench.outcomesOf(message.messageId)).toEqual(['held CHANNEL_OFF', 'sent']);
    expect(await simulator.tasksWith(message.messageId)).toEqual([
      {
        id: sent.portalObjectId,
        title: message.text.title,
        description: `Назначьте следующий шаг.\n\nhttps://fw.example/cases/1?fw=${sent.marker}`,
        responsibleId: '3',
        ufCrmTask: ['D_1'],
        ufTaskWebdavFiles: [],
        ufMailMessage: null,
      },
    ]);
    expect(sent).toMatchObject({ isOutcomeUnknown: false, attempts: 0, sentAt: expect.any(Date) as unknown });
  });

  test('switched off again lets nothing pass; what waited long stays for a person to decide', async () => {
    await bench.switch(true);
    await bench.switch(false);
    bench.work();
    const old = await bench.enqueue();
    await bench.until(old.messageId, 'held');
    bench.clock.advance(25 * 3_600_000);
    const fresh = await bench.enqueue();
    await bench.until(fresh.messageId, 'held');
    await bench.switch(true);
    await bench.until(fresh.messageId, 'sent');
    expect(await bench.stored(old.messageId)).toMatchObject({ state: 'held', reason: 'OUTDATED' });
    await bench.retry(old.messageId);
    await bench.until(old.messageId, 'sent');
    await expect(bench.retry(old.messageId)).rejects.toMatchObject({ code: 'MESSAGE_SETTLED' });
  });

  test('that is being switched on leaves no message held behind', async () => {
    const message = await bench.enqueue();
    await bench.act(async (client) => {
      const change = { channel: 'task', isEnabled: true, capPerPersonDay: 5, by: 'account-1', now: bench.clock.now() };
      await setChannel(client, bench.portal, change as ChannelChange);
      bench.work();
      await rest(250);
    });
    await bench.until(message.messageId, 'sent');
  });

  test('that is switched off at the last moment keeps the message here', async () => {
    await bench.switch(true);
    const message = await bench.enqueue();
    // The portal is asked about people between the two questions about the channel.
    await simulator.spoil({ kind: 'slow', method: 'batch', delayMs: 600, count: 1 });
    bench.work();
    await rest(200);
    await bench.switch(false);
    expect(await bench.until(message.messageId, 'held')).toMatchObject({ reason: 'CHANNEL_OFF' });
    expect(await simulator.tasksWith(message.messageId)).toEqual([]);
  });
});

test.each<Channel>(['task', 'notification', 'timeline-comment'])(
  'a preview of a %s is what is written',
  async (channel) => {
    const message = await bench.enqueue({ channel });
    const request = { message, channels: [channel], recipient: 'active', now: bench.clock.now() } as const;
    const [held] = await previewMessage(bench.owner, bench.portal, request);
    expect(held?.obstacle).toEqual({ verdict: 'hold', reason: 'CHANNEL_OFF', until: null });
    await bench.switch(true);
    const [preview] = await previewMessage(bench.owner, bench.portal, request);
    expect(preview?.obstacle).toBeNull();
    bench.work();
    await bench.until(message.messageId, 'sent');
    const { comments, notifications } = await simulator.messagesWith(message.messageId);
    const tasks = await simulator.tasksWith(message.messageId);
    switch (preview?.written.channel) {
      case 'task': {
        const { title, description, responsibleId } = preview.written;
        expect(tasks).toEqual([expect.objectContaining({ title, description, responsibleId })]);
        break;
      }
      case 'notification': {
        const { userId, text, tag } = preview.written;
        expect(notifications).toMatchObject([{ userId: Number(userId), message: text, tag: `funnelwatch|${tag}` }]);
        break;
      }
      default:
        expect(comments).toMatchObject([{ entityType: 'deal', entityId: 1, comment: preview?.written.text }]);
    }
    expect(tasks.length + comments.length + notifications.length).toBe(1);
  },
);

describe('the cap', () => {
  test('of a person holds the rest of the day, in the zone of the portal', async () => {
    await bench.switch(true, 2);
    bench.clock.moveTo(new Date('2027-03-10T20:00:00Z'));
    const messages: NewMessage[] = [];
    for (let index = 0; index < 5; index += 1) messages.push(await bench.enqueue());
    const other = await bench.enqueue({ recipientId: '1' });
    bench.work();
    await bench.until(other.messageId, 'sent');
    for (const { messageId } of messages) await bench.until(messageId, 'sent', 'held');
    const states = async () =>
      Promise.all(messages.map(async ({ messageId }) => (await bench.stored(messageId)).state));
    expect(await states()).toEqual(['sent', 'sent', 'held', 'held', 'held']);
    const [, , third] = messages;
    expect(await bench.stored(third?.messageId ?? '')).toMatchObject({
      reason: 'CAP_REACHED',
      nextAttemptAt: new Date('2027-03-10T21:00:00Z'),
    });
    const preview = { message: bench.message(), channels: ['task'], recipient: null, now: bench.clock.now() } as const;
    expect((await previewMessage(bench.owner, bench.portal, preview))[0]?.obstacle).toMatchObject({
      reason: 'CAP_REACHED',
    });

    bench.clock.moveTo(new Date('2027-03-10T20:59:50Z'));
    await rest(100);
    expect(await states()).toEqual(['sent', 'sent', 'held', 'held', 'held']);
    bench.clock.moveTo(new Date('2027-03-10T21:00:01Z'));
    await bench.until(messages[3]?.messageId ?? '', 'sent');
    await rest(100);
    expect(await states()).toEqual(['sent', 'sent', 'sent', 'sent', 'held']);
    expect(bench.outcomesOf(messages[4]?.messageId ?? '')).toEqual(['held CAP_REACHED']);
  });

  test('is not exceeded by several workers at once', async () => {
    await bench.switch(true, 3);
    // Wide enough for every worker to stand between counting and sending at the same time.
    await bench.owner.query(`
      CREATE FUNCTION writeback.dawdle() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_sleep(0.05); RETURN NEW; END $$;
      CREATE TRIGGER dawdle BEFORE UPDATE ON writeback.message FOR EACH ROW WHEN (NEW.state = 'sending')
        EXECUTE FUNCTION writeback.dawdle();`);
    const messages: NewMessage[] = [];
    for (let index = 0; index < 12; index += 1) messages.push(await bench.enqueue({ purpose: 'capped' }));
    for (let index = 0; index < 4; index += 1) bench.work({ batchSize: 1 });
    for (const { messageId } of messages) await bench.until(messageId, 'sent', 'held');
    const states = await Promise.all(messages.map(async ({ messageId }) => (await bench.stored(messageId)).state));
    expect(states.filter((state) => state === 'sent')).toHaveLength(3);
  });
});

describe('undoing', () => {
  test('before the message is due is in time; after it was sent it is not', async () => {
    await bench.switch(true);
    const undone = await bench.enqueue({ notBefore: new Date(bench.clock.now().getTime() + 60_000) });
    const sent = await bench.enqueue();
    bench.work();
    await bench.until(sent.messageId, 'sent');
    expect(await bench.cancel(undone.messageId)).toEqual({ isInTime: true, state: 'cancelled' });
    expect(await bench.cancel(undone.messageId)).toEqual({ isInTime: true, state: 'cancelled' });
    expect(await bench.cancel(sent.messageId)).toEqual({ isInTime: false, state: 'sent' });
    bench.clock.advance(120_000);
    await rest(150);
    expect(await simulator.tasksWith(undone.messageId)).toEqual([]);
    await expect(bench.cancel('018f0000-0000-7000-8000-000000000000')).rejects.toMatchObject({
      code: 'MESSAGE_UNKNOWN',
    });
  });

  test('at the very moment of sending is either in time, and nothing is there, or not, and it is', async () => {
    await bench.switch(true);
    bench.work();
    bench.work();
    for (let index = 0; index < 15; index += 1) {
      const { messageId } = await bench.enqueue();
      await rest(index * 2);
      const { isInTime } = await bench.cancel(messageId);
      if (!isInTime) await bench.until(messageId, 'sent');
      expect(await simulator.tasksWith(messageId)).toHaveLength(isInTime ? 0 : 1);
    }
  });
});

describe('what is kept', () => {
  test('is enqueued with its transaction, once by its id', async () => {
    const message = bench.message();
    const enqueue = (changes: object = {}) =>
      bench.act((client) =>
        enqueueMessage(client, bench.apiKeys, bench.portal, { ...message, ...changes }, bench.clock.now()),
      );
    const rolledBack = bench.act(async (client) => {
      await enqueueMessage(client, bench.apiKeys, bench.portal, message, bench.clock.now());
      throw new Error('the caller changes its mind');
    });
    await expect(rolledBack).rejects.toThrow('changes its mind');
    expect(await outboxStatus(bench.owner, bench.clock.now())).toEqual([]);
    expect(await enqueue()).toMatchObject({ isNew: true });
    expect(await enqueue()).toMatchObject({ isNew: false });
    for (const other of [{ recipientId: '4' }, { text: { ...message.text, body: 'Другое' } }, { purpose: 'case:2' }]) {
      await expect(enqueue(other)).rejects.toMatchObject({ code: 'MESSAGE_ID_TAKEN' });
    }
    expect(await outboxStatus(bench.owner, bench.clock.now())).toMatchObject([{ state: 'waiting', messages: 1 }]);
  });

  test.each([
    [{ recipientId: 'Иван' }],
    [{ about: { kind: 'user', id: '3' }, channel: 'timeline-comment' }],
    [{ about: { kind: 'deal', id: '1; DROP' } }],
    [{ text: { title: ' ', body: 'x', link: null } }],
    [{ text: { title: 'x', body: '', link: null } }],
    [{ text: { title: 'x', body: 'x', link: 'javascript:alert(1)' } }],
    [{ messageId: '1' }],
  ] as const)('is refused when it could never be sent: %j', async (changes) => {
    await expect(bench.enqueue(changes)).rejects.toMatchObject({ code: 'MESSAGE_INVALID' });
  });

  test('is unreadable without the keys, and gone with whom it speaks of', async () => {
    await bench.switch(true);
    const secret = 'Тайна Ивановой';
    const message = await bench.enqueue({ text: { title: secret, body: secret, link: null } });
    const tables = await bench.owner.query(
      `SELECT row_to_json(m)::text AS row FROM writeback.message m UNION ALL
       SELECT row_to_json(c)::text FROM writeback.channel_setting c`,
    );
    expect(JSON.stringify(tables.rows)).not.toContain('Иванов');
    const texts = () => readMessageTexts(bench.owner, bench.keys, bench.portal, [message.messageId]);
    expect((await texts()).get(message.messageId)).toEqual({ title: secret, body: secret, link: null });

    for (const subject of ['deal:1', 'user:3']) {
      const doomed = subject === 'deal:1' ? message : await bench.enqueue({ about: { kind: 'deal', id: '2' } });
      await bench.owner.query(
        `INSERT INTO keys.erased_subject (bucket, portal_id, subject, root) VALUES ($1, $2, $3, $3)`,
        [bench.portal.bucket, bench.portal.portalId, subject],
      );
      bench.work();
      expect(await bench.until(doomed.messageId, 'cancelled')).toMatchObject({ reason: 'SUBJECT_ERASED' });
      await bench.stop();
    }
    expect((await texts()).get(message.messageId)).toBeNull();
    const forgetful = new KeyRing({ masterKey: bench.masterKey, store: new PostgresKeyStore(bench.owner) });
    expect(await sealText(forgetful, bench.portal, message, message.text)).toBeNull();
  });

  test('is never logged', async () => {
    await bench.switch(true);
    const text = { title: 'Тайна Ивановой', body: 'Тайна Ивановой', link: 'https://fw.example/cases/1' };
    await simulator.spoil({ kind: 'reset-after', method: 'tasks.task.add', count: 1 });
    const [sent, refused] = [await bench.enqueue({ text }), await bench.enqueue({ text, recipientId: '999' })];
    bench.work();
    await bench.until(sent.messageId, 'sent');
    await bench.until(refused.messageId, 'refused');
    expect(bench.logged.length).toBeGreaterThan(2);
    expect(bench.logged.join()).not.toContain('Иванов');
    expect(bench.logged.join()).not.toContain('fw.example');
  });
});

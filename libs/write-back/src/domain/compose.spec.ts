import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { markerOf } from '../stored-message/marker.js';
import { compose, markersIn, type ToCompose } from './compose.js';
import { channels } from './message.js';

const marker = 'abcdefgh2345';
const message: ToCompose = {
  channel: 'task',
  recipientId: '7',
  about: { kind: 'deal', id: '12' },
  text: { title: 'Назначьте следующий шаг', body: 'В сделке нет дел.', link: 'https://fw.example/cases/9?tab=facts' },
  marker,
};

describe('what is written', () => {
  test('a task hangs on its record and says where to look', () => {
    expect(compose(message)).toEqual({
      channel: 'task',
      title: 'Назначьте следующий шаг',
      description: `В сделке нет дел.\n\nhttps://fw.example/cases/9?tab=facts&fw=${marker}`,
      responsibleId: '7',
      about: { kind: 'deal', id: '12' },
    });
    expect(compose({ ...message, about: { kind: 'user', id: '7' } })).toMatchObject({ about: null });
  });

  test('a notification is known by its tag', () => {
    expect(compose({ ...message, channel: 'notification', text: { ...message.text, link: null } })).toEqual({
      channel: 'notification',
      userId: '7',
      text: '[B]Назначьте следующий шаг[/B]\nВ сделке нет дел.',
      tag: `fw-${marker}`,
    });
  });

  test('a comment without a link ends with a short tag', () => {
    expect(compose({ ...message, channel: 'timeline-comment', text: { ...message.text, link: null } })).toMatchObject({
      text: `[B]Назначьте следующий шаг[/B]\nВ сделке нет дел.\n\n[fw:${marker}]`,
    });
  });

  test('what names of clients bring along does nothing in the portal', () => {
    const text = { title: '[URL=https://evil.example]Сделка[/URL]', body: '[USER=1]x[/USER] [1] [*]', link: null };
    const task = compose({ ...message, text });
    expect(task).toMatchObject({ title: '(URL=https://evil.example)Сделка(/URL)' });
    expect(task).toMatchObject({ description: expect.stringContaining('(USER=1)x(/USER) [1] (*)') as unknown });
  });

  test('whatever the text is, its marker is found in it, and no other', () => {
    const links = fc.option(fc.webUrl({ withQueryParameters: true, withFragments: true }), { nil: null });
    const filled = fc.string({ minLength: 1, maxLength: 200, unit: 'grapheme' });
    fc.assert(
      fc.property(filled, filled, links, fc.uuid(), fc.constantFrom(...channels), (title, body, link, id, channel) => {
        const own = markerOf('portal', id);
        const written = compose({ ...message, channel, text: { title, body, link }, marker: own });
        const place = written.channel === 'task' ? written.description : written.text;
        const found = markersIn(written.channel === 'notification' ? written.tag : place);
        expect(found).toEqual([own]);
      }),
    );
  });
});

test('markers look alike, and are the same for the same message only', () => {
  const [one, other] = ['0b9a', '0b9b'].map((end) => markerOf('portal', `018f0000-0000-7000-8000-00000000${end}`));
  expect(one).toMatch(/^[a-z2-7]{12}$/);
  expect(markerOf('portal', '018F0000-0000-7000-8000-000000000B9A')).toBe(one);
  expect(new Set([one, other, markerOf('another', '018f0000-0000-7000-8000-000000000b9a')]).size).toBe(3);
});

import { expect, test } from '@jest/globals';
import { type DomainEvent } from '@funnelwatch/kernel';
import { InMemoryEventLog } from '../in-memory-event-log.js';
import { decisionsOf, foldStream } from './decide-on-stream.js';
import { eventWriter } from './event-writer.js';

type Counted = DomainEvent<'Counted', { by: string }>;

const decideOnStream = decisionsOf(eventWriter([{ type: 'Counted', schemaVersion: 1, fields: { by: 'text' } }]));
const portal = { portalId: '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f11', bucket: 3 };
const fold = {
  streamId: 'counter:1',
  initial: [] as readonly string[],
  evolve: (state: readonly string[], { data }: Counted) => [...state, data.by],
};

test('decisions of one instant on one stream all stand, each on what the others decided', async () => {
  const log = new InMemoryEventLog();
  // Two that decide on the same version at the same instant would make events of one id.
  const clock = { now: () => new Date('2026-03-02T09:00:00.000Z') };
  const people = Array.from({ length: 8 }, (_, place) => String(place));
  await Promise.all(
    people.map((by) =>
      decideOnStream<readonly string[], Counted>({ log, clock }, portal, {
        ...fold,
        decide: (state) => (state.includes(by) ? [] : [{ type: 'Counted', data: { by } }]),
        actor: 'system',
      }),
    ),
  );
  const { state, version } = await foldStream<readonly string[], Counted>(log, portal, fold);
  expect([version, state.toSorted()]).toEqual([people.length, people]);
});

import { entityOf } from '@funnelwatch/capture-contracts';
import { recordsErasedBy } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import { type BatchState, keyOf } from './batch-state.js';

/** Forgets titles and names of whoever was erased; what happened to the records stays. */
export function foldErasure(state: BatchState, event: StoredEvent): void {
  for (const streamId of recordsErasedBy(event.data)) {
    const entity = entityOf(streamId);
    if (!entity) continue;
    const key = keyOf(event.portalId, entity.kind, entity.id);
    const title = state.titles.get(key);
    if (title) state.titles.set(key, { ...title, parts: [], isTouched: true, isErased: true });
    const person = state.persons.get(key);
    if (person) Object.assign(person, { name: null, secondName: null, lastName: null });
  }
}

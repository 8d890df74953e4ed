import type { AppearedData, ChangedData, FactVerb } from '@funnelwatch/capture-contracts';
import type { JsonObject, JsonValue, StoredEvent } from '@funnelwatch/kernel';
import { type BatchState, keyOf, type PersonState } from './batch-state.js';

const nameFields = ['name', 'secondName', 'lastName'] as const;
const nameOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
const idsOf = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Applies one fact about an employee; `opened` holds the sealed fields in clear, or null when none can be read. */
export function foldPerson(
  state: BatchState,
  event: StoredEvent,
  userId: string,
  verb: FactVerb,
  opened: JsonObject | null,
): void {
  const key = keyOf(event.portalId, 'user', userId);
  const person = state.persons.get(key) ?? unseen(event.portalId, userId);
  person.lastPosition = event.position;
  state.persons.set(key, person);
  if (verb === 'Appeared') {
    const { fields } = event.data as unknown as AppearedData;
    person.isActive = fields['active'] !== false;
    person.departmentIds = idsOf(fields['departmentIds']);
    for (const field of nameFields) person[field] = nameOf(opened?.[field]);
  } else if (verb === 'Changed') {
    const { changes, sealedChanged } = event.data as unknown as ChangedData;
    if (changes['active']) person.isActive = changes['active'].after !== false;
    if (changes['departmentIds']) person.departmentIds = idsOf(changes['departmentIds'].after);
    for (const field of nameFields) if (sealedChanged.includes(field)) person[field] = nameOf(opened?.[field]);
  } else if (verb === 'Deleted' || verb === 'Merged') person.isActive = false;
}

const unseen = (portalId: string, userId: string): PersonState => ({
  portalId,
  userId,
  name: null,
  secondName: null,
  lastName: null,
  isActive: true,
  departmentIds: [],
  lastPosition: 0,
});

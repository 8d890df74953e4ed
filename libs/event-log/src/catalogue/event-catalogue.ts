import type { EventDeclaration, FieldShape, JsonObject, JsonValue, StoredEvent } from '@funnelwatch/kernel';

/** Why an event cannot be read: an unknown type, a version this program does not know, data of another shape. */
export type UnreadableCode = 'EVENT_TYPE_UNKNOWN' | 'EVENT_VERSION_UNKNOWN' | 'EVENT_UNDECODABLE';

/** Every event type a program knows, with the way from each older version to the current one. */
export class EventCatalogue {
  private readonly declarations: ReadonlyMap<string, EventDeclaration>;

  constructor(declarations: readonly EventDeclaration[]) {
    for (const declaration of declarations) refuseWrongDeclaration(declaration, declarations);
    this.declarations = new Map(declarations.map((declaration) => [declaration.type, declaration]));
  }

  /** The event at the current version, or why it cannot be read. An erased event passes: it has nothing to read. */
  read(event: StoredEvent): StoredEvent | UnreadableCode {
    const declaration = this.declarations.get(event.type);
    if (!declaration) return 'EVENT_TYPE_UNKNOWN';
    const { schemaVersion, upcasters = [], fields } = declaration;
    if (!Number.isInteger(event.schemaVersion) || event.schemaVersion < 1 || event.schemaVersion > schemaVersion) {
      return 'EVENT_VERSION_UNKNOWN';
    }
    // The log empties what was erased, whatever the type says.
    let data = event.data as unknown;
    if (data === null) return event;
    try {
      for (const upcast of upcasters.slice(event.schemaVersion - 1)) data = upcast(asObject(data));
      return hasFields(asObject(data), fields) ? atVersion(event, schemaVersion, asObject(data)) : 'EVENT_UNDECODABLE';
    } catch {
      return 'EVENT_UNDECODABLE';
    }
  }

  /** True for events that a worker waits for instead of setting them aside. */
  isNeverSetAside(type: string): boolean {
    return this.declarations.get(type)?.isNeverSetAside ?? false;
  }

  /** Every declared type with the versions of which events may be stored. */
  versions(): { type: string; schemaVersion: number }[] {
    return [...this.declarations.values()].flatMap(({ type, schemaVersion }) =>
      Array.from({ length: schemaVersion }, (_, index) => ({ type, schemaVersion: index + 1 })),
    );
  }
}

/** The catalogue of a program: the declarations of all contexts whose events it reads. */
export function catalogueOf(...declarations: readonly (readonly EventDeclaration[])[]): EventCatalogue {
  return new EventCatalogue(declarations.flat());
}

function atVersion(event: StoredEvent, schemaVersion: number, data: JsonObject): StoredEvent {
  return event.schemaVersion === schemaVersion ? event : { ...event, schemaVersion, data };
}

function asObject(data: unknown): JsonObject {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as JsonObject;
  throw new TypeError('the data of an event is an object');
}

function hasFields(data: JsonObject, fields: EventDeclaration['fields']): boolean {
  for (const name in fields) if (shapeOf(data[name]) !== fields[name]) return false;
  return true;
}

function shapeOf(value: JsonValue | undefined): FieldShape | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return 'list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'object';
  }
}

/** A mistake in the program, not in the data: it must show when the program starts. */
function refuseWrongDeclaration(declaration: EventDeclaration, all: readonly EventDeclaration[]): void {
  const { type, schemaVersion, upcasters = [] } = declaration;
  if (all.some((other) => other !== declaration && other.type === type)) {
    throw new Error(`The event type ${type} is declared twice`);
  }
  if (upcasters.length !== schemaVersion - 1) {
    throw new Error(`${type} is at version ${schemaVersion} and has ${upcasters.length} upcasters`);
  }
}

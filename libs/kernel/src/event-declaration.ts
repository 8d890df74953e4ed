import type { JsonObject } from './json.js';

/** Makes the data of one schema version from the data of the version before; never changes what it is given. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** JSON type that a field must have. */
export type FieldShape = 'text' | 'number' | 'boolean' | 'object' | 'list';

/** What a context says about an event type it appends. */
export interface EventDeclaration {
  type: string;
  /** The version in which the program writes the event now. */
  schemaVersion: number;
  /** The first makes version 2 from version 1, and so on up to `schemaVersion`. */
  upcasters?: readonly Upcaster[];
  /** Fields without which data of the current version cannot be read. */
  fields: Readonly<Record<string, FieldShape>>;
  /**
   * True where setting the event aside would be worse than waiting: the clock of rules must not run past a watermark.
   * Such an event makes its bucket wait, and is applied even when its stream is in quarantine.
   */
  isNeverSetAside?: boolean;
}

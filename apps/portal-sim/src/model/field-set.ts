import { type FieldDefinition, itemNameOfUserField } from './field-definitions.js';

/** The fields of one entity, its own and the portal's, findable by either name. */
export class FieldSet {
  readonly definitions: FieldDefinition[];
  private readonly names = new Map<string, FieldDefinition>();
  private readonly itemNames = new Map<string, FieldDefinition>();
  private emptyRecord: Record<string, unknown> | null = null;
  private emptyItem: Record<string, unknown> | null = null;

  constructor(definitions: readonly FieldDefinition[]) {
    this.definitions = [...definitions];
    for (const definition of definitions) this.index(definition);
  }

  static userField(
    name: string,
    details: { type: string; isMultiple: boolean; isRequired: boolean; title: string },
  ): FieldDefinition {
    return {
      name,
      itemName: itemNameOfUserField(name),
      ...details,
      isReadOnly: false,
      isImmutable: false,
      isDynamic: true,
      empty: details.type === 'boolean' ? '0' : null,
      isHidden: false,
    };
  }

  byName(name: string): FieldDefinition | undefined {
    return this.names.get(name);
  }

  byItemName(itemName: string): FieldDefinition | undefined {
    return this.itemNames.get(itemName);
  }

  /**
   * An empty record in the portal's order of fields. Copies of it share one hidden class, which objects that are filled
   * key by key do not get.
   */
  get template(): Record<string, unknown> {
    this.emptyRecord ??= shaped(this.definitions.map((definition) => [definition.name, emptyOf(definition)]));
    return this.emptyRecord;
  }

  /** The same for the universal view. */
  get itemTemplate(): Record<string, unknown> {
    const shown = this.definitions.filter((definition) => !definition.isHidden);
    this.emptyItem ??= shaped(shown.map((definition) => [definition.itemName, null]));
    return this.emptyItem;
  }

  add(definition: FieldDefinition): void {
    if (this.names.has(definition.name)) return;
    this.definitions.push(definition);
    this.forgetTemplates();
    this.index(definition);
  }

  remove(name: string): void {
    const definition = this.names.get(name);
    if (!definition) return;
    this.definitions.splice(this.definitions.indexOf(definition), 1);
    this.forgetTemplates();
    this.names.delete(name);
    this.itemNames.delete(definition.itemName);
  }

  private forgetTemplates(): void {
    this.emptyRecord = null;
    this.emptyItem = null;
  }

  private index(definition: FieldDefinition): void {
    this.names.set(definition.name, definition);
    this.itemNames.set(definition.itemName, definition);
  }
}

function emptyOf(definition: FieldDefinition): unknown {
  return definition.isMultiple && definition.isDynamic ? [] : definition.empty;
}

function shaped(entries: [string, unknown][]): Record<string, unknown> {
  return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Record<string, unknown>;
}

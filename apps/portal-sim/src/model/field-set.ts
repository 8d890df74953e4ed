import { type FieldDefinition, itemNameOfUserField } from './field-definitions.js';

/** The fields of one entity, its own and the portal's, findable by either name. */
export class FieldSet {
  readonly definitions: FieldDefinition[];
  private readonly names = new Map<string, FieldDefinition>();
  private readonly itemNames = new Map<string, FieldDefinition>();

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

  add(definition: FieldDefinition): void {
    if (this.names.has(definition.name)) return;
    this.definitions.push(definition);
    this.index(definition);
  }

  remove(name: string): void {
    const definition = this.names.get(name);
    if (!definition) return;
    this.definitions.splice(this.definitions.indexOf(definition), 1);
    this.names.delete(name);
    this.itemNames.delete(definition.itemName);
  }

  private index(definition: FieldDefinition): void {
    this.names.set(definition.name, definition);
    this.itemNames.set(definition.itemName, definition);
  }
}

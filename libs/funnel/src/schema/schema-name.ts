/** The name, when it is one that may stand in a statement as it is. Throws on anything else. */
export function schemaName(name: string): string {
  if (!/^[a-z_][a-z_0-9]{0,62}$/.test(name)) throw new Error('A schema is named by lower-case letters, digits and _.');
  return name;
}

import type { FactRecord, Version } from './facts.js';

/** Writes what holds from an instant on; of several writings of one instant the last one stays. */
export function writeValue<Fields>(versions: Version<Fields>[], at: number, fields: Fields): void {
  const last = versions.at(-1);
  if (last && last.at >= at) last.fields = fields;
  else versions.push({ at, fields });
}

export function writeVersion<Fields>(record: FactRecord<Fields>, at: number, fields: Fields): void {
  writeValue(record.versions, at, fields);
}

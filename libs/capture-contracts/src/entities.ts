/** Everything of a portal that has a stream of its own. The word is also the stream's prefix: `deal:123`. */
export const entityKinds = [
  'lead',
  'deal',
  'contact',
  'company',
  'invoice',
  'activity',
  'call',
  'task',
  'user',
  'department',
  'requisite',
  'product-rows',
] as const;
export type EntityKind = (typeof entityKinds)[number];

/** Kinds that move through the stages of a pipeline. */
export const pipelineObjectKinds = ['lead', 'deal', 'invoice'] as const;
export type PipelineObjectKind = (typeof pipelineObjectKinds)[number];

/** Kinds with values that may be those of another record: phones, e-mails, tax numbers, names, titles, numbers. */
export const matchedKinds = ['lead', 'deal', 'contact', 'company', 'invoice', 'call', 'user', 'requisite'] as const;
export type MatchedKind = (typeof matchedKinds)[number];

/** Type of stage: in process, success (won), failure (lost). */
export type StageSemantics = 'P' | 'S' | 'F';

/** `deal:0`, `deal:5`, `lead:0`, `invoice:3`: kind and category id of the portal. */
export type PipelineId = `${PipelineObjectKind}:${string}`;

export function streamOf(kind: EntityKind, id: string): string {
  return `${kind}:${id}`;
}

/** Entity kind and id of a stream id, or null for streams that are not a captured entity. */
export function entityOf(streamId: string): { kind: EntityKind; id: string } | null {
  const colon = streamId.indexOf(':');
  const kind = streamId.slice(0, colon) as EntityKind;
  return colon > 0 && entityKinds.includes(kind) ? { kind, id: streamId.slice(colon + 1) } : null;
}

import type { EventDeclaration, FieldShape } from '@funnelwatch/kernel';
import { entityKinds, matchedKinds, pipelineObjectKinds } from './entities.js';
import { factType, type FactVerb } from './facts.js';

const aboutEntity = { kind: 'text', id: 'text' } as const;

const factsOfEntities: Partial<Record<FactVerb, Record<string, FieldShape>>> = {
  Appeared: { ...aboutEntity, fields: 'object' },
  Changed: { ...aboutEntity, changes: 'object', sealedChanged: 'list' },
  Deleted: { ...aboutEntity, lastSeenAt: 'text' },
  Merged: { ...aboutEntity, into: 'text' },
};

const factsOfPipelineObjects: Partial<Record<FactVerb, Record<string, FieldShape>>> = {
  StageMoved: {
    ...aboutEntity,
    moveId: 'text',
    pipelineId: 'text',
    stageId: 'text',
    semantics: 'text',
    order: 'number',
  },
  StageMoveCorrected: { ...aboutEntity, moveId: 'text', movedAt: 'text', order: 'number' },
  StageMoveWithdrawn: { ...aboutEntity, moveId: 'text' },
};

const factsOfMatched: Partial<Record<FactVerb, Record<string, FieldShape>>> = {
  MatchesFound: { ...aboutEntity, matches: 'list' },
};

/**
 * Every event type that capture appends. A new shape of data is a new version here with an upcaster, and a fixture of
 * the version before stays in `fixtures` for ever.
 */
export const captureEvents: readonly EventDeclaration[] = [
  ...entityKinds.flatMap((kind) => declare(kind, factsOfEntities)),
  ...pipelineObjectKinds.flatMap((kind) => declare(kind, factsOfPipelineObjects)),
  ...matchedKinds.flatMap((kind) => declare(kind, factsOfMatched)),
  { type: 'PipelinesConfigured', schemaVersion: 1, fields: { kind: 'text', pipelines: 'list' } },
  { type: 'DictionaryConfigured', schemaVersion: 1, fields: { name: 'text', entries: 'list' } },
  {
    type: 'CaptureAdvanced',
    schemaVersion: 1,
    fields: { through: 'object', counts: 'object' },
    isNeverSetAside: true,
  },
  {
    type: 'CompletenessCertified',
    schemaVersion: 1,
    fields: { day: 'text', scope: 'text', expected: 'object', held: 'object', unexplained: 'number' },
  },
  { type: 'VisibilityLost', schemaVersion: 1, fields: { kind: 'text', held: 'number', missing: 'number' } },
  { type: 'DeletionsConfirmed', schemaVersion: 1, fields: { kind: 'text', missing: 'number' } },
];

function declare(
  kind: (typeof entityKinds)[number],
  facts: Partial<Record<FactVerb, Record<string, FieldShape>>>,
): EventDeclaration[] {
  return Object.entries(facts).map(([verb, fields]) => ({
    type: factType(kind, verb as FactVerb),
    schemaVersion: 1,
    fields,
  }));
}

import type { EventDeclaration } from '@funnelwatch/kernel';

/** Every event type that decisions about the funnel append. A new shape of data is a new version with an upcaster. */
export const funnelEvents: readonly EventDeclaration[] = [
  {
    type: 'StageMeaningMapped',
    schemaVersion: 1,
    // A meaning may be null: it was taken back.
    fields: { pipelineId: 'text', stageId: 'text', validFrom: 'text' },
  },
];

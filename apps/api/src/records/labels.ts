import type { PipelineView } from '@funnelwatch/funnel';
import { type JsonValue, roublesOf } from '@funnelwatch/kernel';
import type { PersonNames } from '../people/people.js';

const fieldsOfPersons = new Set([
  'ownerId',
  'createdBy',
  'modifiedBy',
  'movedBy',
  'lastActivityBy',
  'responsibleId',
  'authorId',
  'editorId',
]);

/** What ids of a portal are called there. Null where nobody has told. */
export class Labels {
  private readonly pipelines: Map<string, PipelineView>;

  constructor(
    private readonly persons: PersonNames,
    pipelines: PipelineView[],
    private readonly sources: ReadonlyMap<string, string>,
  ) {
    this.pipelines = new Map(pipelines.map((pipeline) => [pipeline.pipelineId, pipeline]));
  }

  person(userId: string): string | null {
    return this.persons.of(userId);
  }

  pipeline(pipelineId: string | null): string | null {
    return (pipelineId !== null && this.pipelines.get(pipelineId)?.name) || null;
  }

  stage(pipelineId: string | null, stageId: string | null): string | null {
    if (pipelineId === null || stageId === null) return null;
    return this.pipelines.get(pipelineId)?.stages.find((stage) => stage.stageId === stageId)?.name ?? null;
  }

  /** A canonical field's value as a person would say it; null when the value speaks for itself. */
  value(field: string, value: JsonValue): string | null {
    if (typeof value !== 'string') return null;
    if (fieldsOfPersons.has(field)) return this.person(value);
    if (field === 'sourceId') return this.sources.get(value) ?? null;
    if (field === 'pipelineId') return this.pipeline(value);
    if (field === 'stageId') return this.stageAnywhere(value);
    return field.endsWith('Kopecks') && /^-?\d+$/.test(value) ? roublesOf(BigInt(value)) : null;
  }

  private stageAnywhere(stageId: string): string | null {
    for (const { stages } of this.pipelines.values()) {
      const stage = stages.find((candidate) => candidate.stageId === stageId);
      if (stage) return stage.name;
    }
    return null;
  }
}

import type { PipelineConfiguration, PipelinesConfiguredData } from '@funnelwatch/capture-contracts';
import type { KeptFact } from '../facts/kept-fact.js';
import { LearnedLimits } from './learned-limits.js';
import { type Happening, happeningOrder } from './happening.js';

interface Version {
  from: number;
  /** Stage → rank among P and S; lost stages have none. */
  ranks: Map<string, number>;
  ranked: Map<string, string[]>;
}

/** Stages of a portal's pipelines, their order and what is usual in them, by the version that held at an instant. */
export class Pipelines {
  /** Every reading, in the order of time: ranks may be other ones from then on. */
  readonly readings: readonly KeptFact[];
  readonly usual: LearnedLimits;
  private readonly versions = new Map<string, Version[]>();

  constructor(facts: readonly KeptFact[]) {
    const configured = facts.filter(({ kind, verb }) => kind === 'pipelines' && verb === 'Configured');
    configured.sort((left, right) => left.at - right.at || left.position - right.position);
    this.readings = configured;
    this.usual = new LearnedLimits(facts);
    for (const fact of configured) this.add(fact.at, fact.data as unknown as PipelinesConfiguredData);
  }

  /** When the stages of records of a kind were configured: what they are of rank changes then. */
  happenings(kind: string): Happening[] {
    return this.readings.flatMap(({ stream, at, position, eventId, by }) =>
      stream === `pipelines:${kind}`
        ? [
            {
              type: 'configured',
              stream,
              kind: 'pipelines',
              at,
              order: happeningOrder.configured,
              tie: 0,
              position,
              eventId,
              by,
            },
          ]
        : [],
    );
  }

  private add(from: number, { pipelines }: PipelinesConfiguredData): void {
    for (const pipeline of pipelines) {
      const versions = this.versions.get(pipeline.pipelineId) ?? [];
      versions.push(versionOf(from, pipeline));
      this.versions.set(pipeline.pipelineId, versions);
    }
  }

  private at(pipelineId: string, atMs: number): Version | null {
    const versions = this.versions.get(pipelineId) ?? [];
    return versions.findLast(({ from }) => from <= atMs) ?? versions[0] ?? null;
  }

  /** Place of a stage among the stages P and S of its pipeline, from 0; -1 for lost and unknown stages. */
  rankOf(pipelineId: string, stageId: string, atMs: number): number {
    return this.at(pipelineId, atMs)?.ranks.get(stageId) ?? -1;
  }

  /** Ranked stages in their order, the won one last. */
  ranked(pipelineId: string, atMs: number): readonly string[] {
    return this.at(pipelineId, atMs)?.ranked.get(pipelineId) ?? [];
  }

  /** Whether any stage of the portal has this id. */
  knows(stageId: string): boolean {
    return [...this.versions.values()].some((versions) => versions.some(({ ranks }) => ranks.has(stageId)));
  }
}

function versionOf(from: number, pipeline: PipelineConfiguration): Version {
  const ranked = pipeline.stages.filter(({ semantics }) => semantics !== 'F').map(({ stageId }) => stageId);
  return {
    from,
    ranks: new Map(ranked.map((stageId, rank) => [stageId, rank])),
    ranked: new Map([[pipeline.pipelineId, ranked]]),
  };
}

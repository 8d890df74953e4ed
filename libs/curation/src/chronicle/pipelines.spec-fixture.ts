import type {
  PipelineId,
  PipelineObjectKind,
  PipelinesConfiguredData,
  StageSemantics,
} from '@funnelwatch/capture-contracts';

/** Stages in the order of the funnel: `NAME` in process, `NAME+` won, `NAME-` lost. */
const stages: Record<PipelineObjectKind, Record<string, string>> = {
  lead: { 'lead:0': 'NEW WORK AGREED CONVERTED+ JUNK-' },
  deal: {
    'deal:0': 'FRESH NEED OFFER CONTRACT WON+ LOSE-',
    'deal:5': 'C5:FRESH C5:WORK C5:WON+ C5:LOSE-',
  },
  invoice: { 'invoice:1': 'DRAFT SENT PAID+ UNPAID-' },
};

export interface Stage {
  pipelineId: PipelineId;
  stageId: string;
  semantics: StageSemantics;
}

const read = (pipelineId: PipelineId, word: string): Stage => ({
  pipelineId,
  stageId: word.replace(/[+-]$/, ''),
  semantics: word.endsWith('+') ? 'S' : word.endsWith('-') ? 'F' : 'P',
});

function stagesOf(kind: PipelineObjectKind): Stage[] {
  return Object.entries(stages[kind]).flatMap(([pipelineId, words]) =>
    words.split(' ').map((word) => read(pipelineId as PipelineId, word)),
  );
}

/** A stage by its id; ids are unique among the pipelines of a kind. */
export function stageOf(kind: PipelineObjectKind, stageId: string): Stage {
  const stage = stagesOf(kind).find((one) => one.stageId === stageId);
  if (!stage) throw new Error(`No stage ${stageId} of a ${kind}.`);
  return stage;
}

/** What the portal of the fixtures says of the pipelines of a kind. */
export function configurationOf(kind: PipelineObjectKind): PipelinesConfiguredData {
  const pipelines = [...new Set(stagesOf(kind).map(({ pipelineId }) => pipelineId))];
  return {
    kind,
    pipelines: pipelines.map((pipelineId, index) => ({
      pipelineId,
      name: pipelineId,
      sort: index,
      isDefault: index === 0,
      stages: stagesOf(kind)
        .filter((stage) => stage.pipelineId === pipelineId)
        .map(({ stageId, semantics }, sort) => ({ stageId, name: stageId, sort, semantics, color: null })),
    })),
  };
}

import type { StageSemantics } from '@funnelwatch/capture-contracts';

/** A stage as the latest configuration that named it says. */
export interface ConfiguredStage {
  stageId: string;
  sort: number;
  semantics: StageSemantics;
  /** Place in the configuration, 0 first. */
  place: number;
  isRemoved: boolean;
}

/**
 * Present stages in the order of the configuration; a removed one goes behind the last present stage of equal or lower
 * sort, removed ones among themselves by sort, then id.
 */
export function inOrder<Stage extends ConfiguredStage>(stages: readonly Stage[]): Stage[] {
  const present = stages.filter((stage) => !stage.isRemoved).sort((left, right) => left.place - right.place);
  const removed = stages
    .filter((stage) => stage.isRemoved)
    .sort((left, right) => left.sort - right.sort || (left.stageId < right.stageId ? -1 : 1));
  const ordered: Stage[] = [];
  const takeRemovedBelow = (index: number) => {
    // A removed stage waits while any present stage of equal or lower sort is still to come.
    const ahead = present.slice(index);
    while (removed[0] && !ahead.some((stage) => stage.sort <= removed[0]!.sort)) ordered.push(removed.shift()!);
  };
  present.forEach((stage, index) => {
    takeRemovedBelow(index);
    ordered.push(stage);
  });
  takeRemovedBelow(present.length);
  return ordered;
}

/**
 * Rank by stage id: stages in process from 0 in order, then every won stage with the rank after them. Lost stages have
 * none.
 */
export function ranksOf(stages: readonly ConfiguredStage[]): Map<string, number> {
  const ordered = inOrder(stages);
  const inProcess = ordered.filter((stage) => stage.semantics === 'P');
  const ranks = new Map(inProcess.map((stage, rank) => [stage.stageId, rank]));
  for (const stage of ordered) if (stage.semantics === 'S') ranks.set(stage.stageId, inProcess.length);
  return ranks;
}

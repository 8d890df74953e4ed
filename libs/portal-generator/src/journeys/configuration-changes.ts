import { type ConfigurationChange, pipelineIdOf } from '../parameters/company-parameters.js';
import type { Process } from '../world/agenda.js';
import { addStage } from '../world/setup.js';
import type { StageRows } from '../world/stage-rows.js';
import type { World } from '../world/world.js';

/** The administrator renames, sorts, adds and removes stages while the company works. */
export function startConfigurationChanges(world: World, rows: StageRows): void {
  for (const change of world.parameters.configurationChanges) world.start(change.at, configure(world, rows, change));
}

// A process that acts once and never waits.
// eslint-disable-next-line require-yield
function* configure(world: World, rows: StageRows, change: ConfigurationChange): Process {
  if (world.parameters.plantsBreaches) {
    const about = `pipelines:${change.pipelineId.split(':')[0]}`;
    world.breaches.push({ ruleId: 'O05', subject: 'portal:-', about, at: world.nowMs, visibleFrom: 'live' });
  }
  if (change.kind === 'add') {
    const pipeline = world.allPipelines.find((one) => pipelineIdOf(one) === change.pipelineId);
    if (!pipeline) throw new Error(`The company has no pipeline ${change.pipelineId}.`);
    addStage(world, rows, pipeline, change.stage);
    return;
  }
  const id = rows.idOf(change.pipelineId, change.stageId);
  if (change.kind === 'rename') world.update('status', id, { NAME: change.name }, '1');
  else if (change.kind === 'resort') world.update('status', id, { SORT: String(change.sort) }, '1');
  else {
    world.remove('status', id, '1');
    const pipeline = world.allPipelines.find((one) => pipelineIdOf(one) === change.pipelineId);
    if (pipeline) pipeline.stages = pipeline.stages.filter((stage) => stage.id !== change.stageId);
  }
}

import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type EventLog, isOvertaken } from '@funnelwatch/event-log';
import { dayPeriod, type FunnelReader, type FunnelScope, mapStageMeaning } from '@funnelwatch/funnel';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { eventLog, wallClock } from '../composition.tokens.js';
import { funnelReader } from '../funnel/funnel-reader.token.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { MapStageMeaningCommand } from './pipelines.query.js';
import type { Decided } from './pipelines.schemas.js';

/** A meaning without a first day holds for the whole history. */
const sinceEver = '1990-01-01T00:00:00.000Z';
const attempts = 10;

@CommandHandler(MapStageMeaningCommand)
export class MapStageMeaning implements ICommandHandler<MapStageMeaningCommand> {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(funnelReader) private readonly reader: FunnelReader,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
  ) {}

  async execute(command: MapStageMeaningCommand): Promise<Decided> {
    const scope = await this.portals.scopeOf(command.portalId);
    await this.refuseUnknownStage(scope, command);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return { position: `${scope.bucket}:${await this.decide(scope, command)}` };
      } catch (error) {
        // Somebody decided about another stage of the pipeline meanwhile: decide again on what is known now.
        if (!isOvertaken(error) || attempt === attempts) throw error;
      }
    }
  }

  private async refuseUnknownStage(scope: FunnelScope, command: MapStageMeaningCommand): Promise<void> {
    const pipelines = await this.reader.pipelines(scope);
    const pipeline = pipelines.find(({ pipelineId }) => pipelineId === command.pipelineId);
    if (!pipeline) throw new Rejection('FUNNEL_PIPELINE_UNKNOWN', 'The portal has no such pipeline.');
    if (!pipeline.stages.some(({ stageId }) => stageId === command.stageId)) {
      throw new Rejection('FUNNEL_STAGE_UNKNOWN', `The pipeline "${pipeline.name}" has no such stage.`);
    }
  }

  private async decide(scope: FunnelScope, command: MapStageMeaningCommand): Promise<number> {
    const { pipelineId, stageId, meaning } = command;
    const validFrom = this.firstInstant(scope, command.validFrom);
    const decision = { pipelineId, stageId, meaning, validFrom };
    const { position } = await mapStageMeaning(this.log, this.clock, scope, decision);
    return position;
  }

  private firstInstant(scope: FunnelScope, validFrom: string | null): string {
    if (validFrom === null) return sinceEver;
    // Only the beginning of the period is of interest.
    return dayPeriod(scope.zone, validFrom, '2100-01-01').from.toISOString();
  }
}

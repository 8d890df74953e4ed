import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { type EventLog, KeyRing, TimeTravel } from '@funnelwatch/event-log';
import type { FunnelReader } from '@funnelwatch/funnel';
import type { Clock } from '@funnelwatch/kernel';
import type { Logger } from '@funnelwatch/observability';
import { PortalRegistry } from '@funnelwatch/portals';
import pg from 'pg';
import { ChangedRecords } from './changes/changed-records.js';
import { ChangeStream } from './changes/change-stream.js';
import { PositionWatch } from './changes/position-watch.js';
import { eventLog, wallClock } from './composition.tokens.js';
import { controllers } from './controllers.js';
import { AnswerFunnelExplain, AnswerFunnelRecords } from './funnel/answer-drill.js';
import {
  AnswerFunnelCohort,
  AnswerFunnelFlow,
  AnswerFunnelMonths,
  AnswerFunnelNow,
  AnswerFunnelTransitions,
} from './funnel/answer-funnel.js';
import { FunnelDesk } from './funnel/funnel-desk.js';
import { funnelReader } from './funnel/funnel-reader.token.js';
import { AnswerLag, AnswerQuarantine, AnswerRebuilds, RetryQuarantined } from './operations/answer-operations.js';
import { AnswerSummary } from './operations/answer-summary.js';
import { HoleWatch } from './operations/hole-watch.js';
import { People } from './people/people.js';
import { AnswerAnnotations, AnswerPipelines, AnswerSellers } from './pipelines/answer-pipelines.js';
import { MapStageMeaning } from './pipelines/map-stage-meaning.js';
import { AnswerPortal, AnswerPortals, PortalViews, RegisterPortal } from './portals/answer-portals.js';
import { ChangePortal, RemovePortal, ReplaceWebhook, SwitchCapture } from './portals/manage-portals.js';
import { PortalDirectory } from './portals/portal-directory.js';
import { PortalProber } from './portals/portal-prober.js';
import { ProjectedStates } from './portals/projected-state.js';
import { MinPositionInterceptor } from './positions/min-position.interceptor.js';
import { ProjectedPositions } from './positions/projected-positions.js';
import { requestValidation } from './problems/invalid-request.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { AnswerRecord, AnswerRecordEvents } from './records/answer-records.js';
import { LabelReader } from './records/label-reader.js';
import { TimeLines } from './records/time-line.js';
import { PortalScopeGuard } from './scope/portal-scope.guard.js';
import { Titles } from './records/titles.js';
import { PreparePast } from './time-travel/prepare-past.js';
import { Scopes } from './time-travel/scopes.js';

/** What the application works with; made in main.ts, or by a spec. */
export interface ApiParts {
  pool: pg.Pool;
  log: EventLog;
  keyRing: KeyRing;
  registry: PortalRegistry;
  reader: FunnelReader;
  travel: TimeTravel;
  prober: PortalProber;
  clock: Clock;
  logger: Logger;
}

const handlers = [
  AnswerPortals,
  AnswerPortal,
  RegisterPortal,
  ChangePortal,
  SwitchCapture,
  ReplaceWebhook,
  RemovePortal,
  AnswerPipelines,
  AnswerSellers,
  AnswerAnnotations,
  MapStageMeaning,
  AnswerFunnelNow,
  AnswerFunnelFlow,
  AnswerFunnelCohort,
  AnswerFunnelTransitions,
  AnswerFunnelMonths,
  AnswerFunnelRecords,
  AnswerFunnelExplain,
  AnswerRecord,
  AnswerRecordEvents,
  PreparePast,
  AnswerQuarantine,
  AnswerSummary,
  AnswerLag,
  AnswerRebuilds,
  RetryQuarantined,
];

@Module({})
export class ApiModule {
  static with(parts: ApiParts): DynamicModule {
    const { pool, log, clock, logger } = parts;
    const nowMs = () => clock.now().getTime();
    const positions = new ProjectedPositions(pool);
    return {
      module: ApiModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [
        ...handlers,
        { provide: pg.Pool, useValue: pool },
        { provide: eventLog, useValue: log },
        { provide: wallClock, useValue: clock },
        { provide: funnelReader, useValue: parts.reader },
        { provide: TimeTravel, useValue: parts.travel },
        { provide: KeyRing, useValue: parts.keyRing },
        { provide: PortalRegistry, useValue: parts.registry },
        { provide: PortalProber, useValue: parts.prober },
        { provide: ProjectedPositions, useValue: positions },
        { provide: ProjectedStates, useValue: new ProjectedStates(pool, nowMs) },
        { provide: PositionWatch, useValue: new PositionWatch(positions, logger) },
        { provide: ChangedRecords, useValue: new ChangedRecords(pool) },
        { provide: HoleWatch, useValue: new HoleWatch(pool, logger, nowMs) },
        { provide: TimeLines, useValue: new TimeLines(pool, log) },
        { provide: People, useValue: new People(pool) },
        PortalDirectory,
        FunnelDesk,
        Scopes,
        LabelReader,
        PortalViews,
        Titles,
        ChangeStream,
        { provide: APP_GUARD, useClass: PortalScopeGuard },
        { provide: APP_PIPE, useFactory: requestValidation },
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
        { provide: APP_INTERCEPTOR, useClass: MinPositionInterceptor },
      ],
    };
  }
}

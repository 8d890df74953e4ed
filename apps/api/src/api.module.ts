import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import {
  AuditBook,
  Backtests,
  CalibrationRoom,
  CoachingBook,
  Desk,
  DisciplineReader,
  drawKeyOf,
  QualityReader,
  LimitReader,
  QueueReader,
  ReportingLines,
} from '@funnelwatch/curation';
import { type EventLog, KeyRing, TimeTravel } from '@funnelwatch/event-log';
import type { FunnelReader } from '@funnelwatch/funnel';
import type { Clock } from '@funnelwatch/kernel';
import {
  Accounts,
  Audit,
  createAuth,
  Memberships,
  OneTimeLinks,
  Sessions,
  SignInAttempts,
  Substitutions,
} from '@funnelwatch/identity';
import type { Logger } from '@funnelwatch/observability';
import { LedgerReader, PayReader, SchemeReader } from '@funnelwatch/motivation';
import { PlanReader } from '@funnelwatch/plan';
import { PortalRegistry } from '@funnelwatch/portals';
import { PublishedFigures } from '@funnelwatch/reporting';
import pg from 'pg';
import { AccessCheck } from './access/access-check.js';
import { AccessGuard } from './access/access.guard.js';
import { AuditInterceptor } from './access/audit.interceptor.js';
import { HeldRoles } from './access/held-roles.js';
import { PersonalReads } from './access/personal-reads.js';
import { AccountDesk } from './accounts/account-desk.js';
import { AuditDesk } from './audit/audit-desk.js';
import { CaseCards } from './cases/case-cards.js';
import { CaseDesk } from './cases/case-desk.js';
import { CoachingDesk } from './cases/coaching-desk.js';
import { ChangedRecords } from './changes/changed-records.js';
import { ChangeStream } from './changes/change-stream.js';
import { PositionWatch } from './changes/position-watch.js';
import { type DemoPortal, demoPortal, drawKey, eventLog, wallClock } from './composition.tokens.js';
import { controllers } from './controllers.js';
import { DisciplineDesk } from './discipline/discipline-desk.js';
import { AnswerTokens } from './feedback/answer-token.js';
import { CaseConversation } from './feedback/case-conversation.js';
import { FeedbackDesk } from './feedback/feedback-desk.js';
import { PositiveNoteDesk } from './feedback/positive-note-desk.js';
import { PositiveNoteSender } from './feedback/positive-note-sender.js';
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
import { LinkDesk } from './identity/link-desk.js';
import { SessionDesk } from './identity/session-desk.js';
import { AnswerCapture } from './operations/answer-capture.js';
import { AnswerLag, AnswerQuarantine, AnswerRebuilds, RetryQuarantined } from './operations/answer-operations.js';
import { AnswerSignals } from './operations/answer-signals.js';
import { AnswerSummary } from './operations/answer-summary.js';
import { HoleWatch } from './operations/hole-watch.js';
import { AccessDesk } from './people/access-desk.js';
import { People } from './people/people.js';
import { AnswerAnnotations, AnswerPipelines, AnswerSellers } from './pipelines/answer-pipelines.js';
import { MapStageMeaning } from './pipelines/map-stage-meaning.js';
import { AnswerPortal, AnswerPortals, PortalViews, RegisterPortal } from './portals/answer-portals.js';
import { ChangePortal, RemovePortal, ReplaceWebhook, SwitchCapture } from './portals/manage-portals.js';
import { PaceDesk } from './plans/pace-desk.js';
import { PaceOfMonth } from './plans/pace-of-month.js';
import { PlanOutlookDesk } from './plans/plan-outlook-desk.js';
import { PlanDesk } from './plans/plan-desk.js';
import { PortalDirectory } from './portals/portal-directory.js';
import { PortalProber } from './portals/portal-prober.js';
import { ProjectedStates } from './portals/projected-state.js';
import { MinPositionInterceptor } from './positions/min-position.interceptor.js';
import { ProjectedPositions } from './positions/projected-positions.js';
import { FiguresOfMonth } from './publishing/figures-of-month.js';
import { FiguresPublisher } from './publishing/figures-publisher.js';
import { requestValidation } from './problems/invalid-request.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { AnswerRecord, AnswerRecordEvents } from './records/answer-records.js';
import { LabelReader } from './records/label-reader.js';
import { OwnRecords } from './records/own-records.js';
import { TimeLines } from './records/time-line.js';
import { Titles } from './records/titles.js';
import { CalibrationDesk } from './quality/calibration-desk.js';
import { ControlOfCases } from './quality/control-of-cases.js';
import { CuratorsDesk } from './quality/curators-desk.js';
import { QualityDesk } from './quality/quality-desk.js';
import { SampledAuditDesk } from './quality/sampled-audit-desk.js';
import { PackLayerDesk } from './rules/pack-layer-desk.js';
import { OwnRuleDesk } from './rules/own-rule-desk.js';
import { RuleDesk } from './rules/rule-desk.js';
import { ImportsDesk } from './imports/imports-desk.js';
import { MonthOfPay } from './pay/month-of-pay.js';
import { PayDisputesDesk } from './pay/pay-disputes-desk.js';
import { PayPeriodsDesk } from './pay/pay-periods-desk.js';
import { SaleSharesDesk } from './pay/sale-shares-desk.js';
import { PayrollDesk } from './pay/payroll-desk.js';
import { ProvisionalPayDesk } from './pay/provisional-pay-desk.js';
import { SettlementOfPay } from './pay/settlement.js';
import { SchemeSimulationDesk } from './schemes/scheme-simulation-desk.js';
import { SchemeDesk } from './schemes/scheme-desk.js';
import { PreparePast } from './time-travel/prepare-past.js';
import { Scopes } from './time-travel/scopes.js';

/** What the application works with; made in main.ts, or by a spec. */
export interface ApiParts {
  pool: pg.Pool;
  /** Of the library of sessions: connections that look into the schema `identity` first. */
  identityPool: pg.Pool;
  masterKey: Buffer;
  /** Whether people come by https. */
  isSecure: boolean;
  demo: DemoPortal;
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
  AnswerSignals,
  AnswerCapture,
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
    const identities = parts.identityPool;
    const auth = createAuth({ pool: identities, masterKey: parts.masterKey, isSecure: parts.isSecure });
    const memberships = new Memberships(pool, clock);
    const quality = new QualityReader(pool);
    const key = drawKeyOf(parts.masterKey);
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
        { provide: demoPortal, useValue: parts.demo },
        { provide: Sessions, useValue: new Sessions(auth, identities, clock) },
        { provide: SignInAttempts, useValue: new SignInAttempts(identities, parts.masterKey, clock) },
        { provide: Accounts, useValue: new Accounts(pool) },
        { provide: Memberships, useValue: memberships },
        { provide: OneTimeLinks, useValue: new OneTimeLinks(pool, clock) },
        { provide: Substitutions, useValue: new Substitutions(pool, clock) },
        { provide: Audit, useValue: new Audit(pool, clock) },
        { provide: HeldRoles, useValue: new HeldRoles(pool, memberships) },
        { provide: QueueReader, useValue: new QueueReader(pool) },
        { provide: LimitReader, useValue: new LimitReader(pool) },
        { provide: Desk, useValue: new Desk(pool) },
        { provide: Backtests, useValue: new Backtests(pool) },
        { provide: DisciplineReader, useValue: new DisciplineReader(pool) },
        { provide: drawKey, useValue: key },
        { provide: QualityReader, useValue: quality },
        { provide: CalibrationRoom, useValue: new CalibrationRoom({ log, clock }, quality, key) },
        { provide: AuditBook, useValue: new AuditBook(pool, { log, clock }) },
        { provide: CoachingBook, useValue: new CoachingBook(pool, { log, clock }) },
        { provide: SchemeReader, useValue: new SchemeReader(pool) },
        { provide: PayReader, useValue: new PayReader(pool) },
        { provide: LedgerReader, useValue: new LedgerReader(pool) },
        { provide: PlanReader, useValue: new PlanReader(pool) },
        { provide: ReportingLines, useValue: new ReportingLines(pool) },
        ControlOfCases,
        QualityDesk,
        CuratorsDesk,
        CalibrationDesk,
        SampledAuditDesk,
        { provide: AnswerTokens, useValue: new AnswerTokens(parts.masterKey) },
        CaseConversation,
        FeedbackDesk,
        PositiveNoteDesk,
        { provide: PositiveNoteSender, useValue: new PositiveNoteSender(parts) },
        DisciplineDesk,
        CaseCards,
        CaseDesk,
        CoachingDesk,
        RuleDesk,
        OwnRuleDesk,
        PackLayerDesk,
        PlanDesk,
        PlanOutlookDesk,
        PaceDesk,
        PaceOfMonth,
        SchemeDesk,
        SchemeSimulationDesk,
        MonthOfPay,
        SettlementOfPay,
        ProvisionalPayDesk,
        PayPeriodsDesk,
        PayDisputesDesk,
        PayrollDesk,
        SaleSharesDesk,
        ImportsDesk,
        { provide: PublishedFigures, useValue: new PublishedFigures(pool) },
        FiguresOfMonth,
        FiguresPublisher,
        SessionDesk,
        LinkDesk,
        AccessDesk,
        AccountDesk,
        AuditDesk,
        AccessCheck,
        OwnRecords,
        PersonalReads,
        PortalDirectory,
        FunnelDesk,
        Scopes,
        LabelReader,
        PortalViews,
        Titles,
        ChangeStream,
        { provide: APP_PIPE, useFactory: requestValidation },
        { provide: APP_FILTER, useValue: new ProblemFilter(logger) },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: AuditInterceptor },
        { provide: APP_INTERCEPTOR, useClass: MinPositionInterceptor },
      ],
    };
  }
}

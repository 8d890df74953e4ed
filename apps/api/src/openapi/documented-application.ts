import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { Desk } from '@funnelwatch/curation';
import { AccountDesk } from '../accounts/account-desk.js';
import { AuditDesk } from '../audit/audit-desk.js';
import { CaseDesk } from '../cases/case-desk.js';
import { CoachingDesk } from '../cases/coaching-desk.js';
import { ChangeStream } from '../changes/change-stream.js';
import { wallClock } from '../composition.tokens.js';
import { controllers } from '../controllers.js';
import { DisciplineDesk } from '../discipline/discipline-desk.js';
import { FeedbackDesk } from '../feedback/feedback-desk.js';
import { PositiveNoteDesk } from '../feedback/positive-note-desk.js';
import { LinkDesk } from '../identity/link-desk.js';
import { SessionDesk } from '../identity/session-desk.js';
import { AccessDesk } from '../people/access-desk.js';
import { PaceDesk } from '../plans/pace-desk.js';
import { PlanOutlookDesk } from '../plans/plan-outlook-desk.js';
import { PlanDesk } from '../plans/plan-desk.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { CalibrationDesk } from '../quality/calibration-desk.js';
import { CuratorsDesk } from '../quality/curators-desk.js';
import { QualityDesk } from '../quality/quality-desk.js';
import { SampledAuditDesk } from '../quality/sampled-audit-desk.js';
import { PackLayerDesk } from '../rules/pack-layer-desk.js';
import { OwnRuleDesk } from '../rules/own-rule-desk.js';
import { ImportsDesk } from '../imports/imports-desk.js';
import { PayDisputesDesk } from '../pay/pay-disputes-desk.js';
import { PayPeriodsDesk } from '../pay/pay-periods-desk.js';
import { SaleSharesDesk } from '../pay/sale-shares-desk.js';
import { PayrollDesk } from '../pay/payroll-desk.js';
import { ProvisionalPayDesk } from '../pay/provisional-pay-desk.js';
import { SchemeSimulationDesk } from '../schemes/scheme-simulation-desk.js';
import { SchemeDesk } from '../schemes/scheme-desk.js';
import { RuleDesk } from '../rules/rule-desk.js';

@Module({
  imports: [CqrsModule],
  controllers,
  providers: [
    ...[
      ...[
        SessionDesk,
        LinkDesk,
        AccessDesk,
        AccountDesk,
        AuditDesk,
        CaseDesk,
        RuleDesk,
        OwnRuleDesk,
        PackLayerDesk,
        PlanDesk,
        PlanOutlookDesk,
        PaceDesk,
        SchemeDesk,
        SchemeSimulationDesk,
        ProvisionalPayDesk,
        PayPeriodsDesk,
        PayDisputesDesk,
        PayrollDesk,
        SaleSharesDesk,
        ImportsDesk,
        DisciplineDesk,
        FeedbackDesk,
        PositiveNoteDesk,
        CoachingDesk,
        Desk,
      ],
      ...[QualityDesk, CuratorsDesk, CalibrationDesk, SampledAuditDesk],
    ].map((desk) => ({ provide: desk, useValue: null })),
    { provide: ChangeStream, useValue: null },
    { provide: PortalDirectory, useValue: null },
    { provide: wallClock, useValue: null },
  ],
})
class DocumentedModule {}

/** The routes without what answers them: enough to describe the API, no database needed. */
export async function documentedApplication(): Promise<INestApplication> {
  return NestFactory.create(DocumentedModule, { logger: false });
}

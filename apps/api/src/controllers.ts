import { AccountsController } from './accounts/accounts.http.js';
import { AuditController } from './audit/audit.http.js';
import { CasesController } from './cases/cases.http.js';
import { CoachingsController } from './cases/coachings.http.js';
import { ChangesController } from './changes/changes.http.js';
import { DisciplineController } from './discipline/discipline.http.js';
import { AnswersController, FeedbackController } from './feedback/feedback.http.js';
import { PositiveNotesController } from './feedback/positive-notes.http.js';
import { FunnelController } from './funnel/funnel.http.js';
import { ImportsController } from './imports/imports.http.js';
import { LinksController } from './identity/links.http.js';
import { SessionController } from './identity/session.http.js';
import { OperationsController } from './operations/operations.http.js';
import { AccessController } from './people/access.http.js';
import { PayController } from './pay/pay.http.js';
import { PipelinesController } from './pipelines/pipelines.http.js';
import { PlansController } from './plans/plans.http.js';
import { PortalsController } from './portals/portals.http.js';
import { QualityController } from './quality/quality.http.js';
import { SampledAuditsController } from './quality/sampled-audits.http.js';
import { RecordsController } from './records/records.http.js';
import { PackLayersController } from './rules/pack-layers.http.js';
import { OwnRulesController } from './rules/own-rules.http.js';
import { RulesController } from './rules/rules.http.js';
import { SchemesController } from './schemes/schemes.http.js';
import { TimeTravelController } from './time-travel/time-travel.http.js';

export const controllers = [
  PortalsController,
  PipelinesController,
  FunnelController,
  RecordsController,
  ChangesController,
  TimeTravelController,
  OperationsController,
  SessionController,
  LinksController,
  AccessController,
  AccountsController,
  AuditController,
  CasesController,
  CoachingsController,
  RulesController,
  OwnRulesController,
  PackLayersController,
  QualityController,
  SampledAuditsController,
  DisciplineController,
  FeedbackController,
  AnswersController,
  PositiveNotesController,
  PlansController,
  SchemesController,
  PayController,
  ImportsController,
];

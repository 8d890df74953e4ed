import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { decidedSchema } from '../pipelines/pipelines.schemas.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { PaceDesk } from './pace-desk.js';
import { type PaceQuery, paceQuery, paceSchema } from './pace.schemas.js';
import { PlanDesk } from './plan-desk.js';
import { outlookSchema } from './plan-outlook.schemas.js';
import { PlanOutlookDesk } from './plan-outlook-desk.js';
import {
  type ConversionBaseQuery,
  conversionBaseQuery,
  conversionBaseSchema,
  type IndicatorBody,
  indicatorBody,
  indicatorListSchema,
  indicatorParams,
  type IssueBody,
  issueBody,
  type PlanBody,
  planBody,
  plainPlanQuery,
  planDecidedSchema,
  planListSchema,
  planParams,
  planSchema,
  plansQuery,
  planWrittenSchema,
  type PreviewBody,
  previewBody,
  previewSchema,
  type SignBody,
  signBody,
} from './plans.schemas.js';

type Portal = { portalId: string };
type PlanOfPortal = Portal & { planId: string };

@ApiTags('Plans')
@ApiProblems()
@Needs('plans.manage')
@ReadsFrom('plan')
@Controller('api/v1/portals/:portalId')
export class PlansController {
  constructor(
    private readonly desk: PlanDesk,
    private readonly paces: PaceDesk,
    private readonly outlooks: PlanOutlookDesk,
  ) {}

  @Get('indicators')
  @Needs('plans.read')
  @ApiOperation({ operationId: 'listIndicators', summary: 'What is counted as an action' })
  @ApiOkResponse({ standardSchema: indicatorListSchema })
  indicators(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: plainPlanQuery }) _query: object) {
    return this.desk.indicators(portalId);
  }

  @Put('indicators/:indicatorId')
  @Audited('indicator.define')
  @ApiOperation({ operationId: 'defineIndicator', summary: 'Defines an indicator, or gives a known one other words' })
  @ApiOkResponse({ standardSchema: decidedSchema })
  defineIndicator(
    @Param({ schema: indicatorParams }) { portalId, indicatorId }: Portal & { indicatorId: string },
    @Body({ schema: indicatorBody }) body: IndicatorBody,
  ) {
    return this.desk.defineIndicator(portalId, indicatorId, body, currentAccess());
  }

  @Get('plans')
  @Needs('plans.read')
  @ApiOperation({
    operationId: 'listPlans',
    summary: 'Plans of a month, or of all months; to sellers those that bind them',
  })
  @ApiOkResponse({ standardSchema: planListSchema })
  list(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Query({ schema: plansQuery }) { month }: { month?: string },
  ) {
    return this.desk.list(portalId, month);
  }

  @Get('plans/:planId')
  @Needs('plans.read')
  @ApiOperation({ operationId: 'showPlan', summary: 'One plan with its versions, figures and what does not fit' })
  @ApiOkResponse({ standardSchema: planSchema })
  show(
    @Param({ schema: planParams }) { portalId, planId }: PlanOfPortal,
    @Query({ schema: plainPlanQuery }) _query: object,
  ) {
    return this.desk.show(portalId, planId);
  }

  @Get('plans/:planId/outlook')
  @Needs('plans.manage')
  @ReadsFrom('motivation')
  @ApiOperation({
    operationId: 'showPlanOutlook',
    summary: 'How much a plan asks beside what was sold before, and what of it is under way',
  })
  @ApiOkResponse({ standardSchema: outlookSchema })
  outlook(
    @Param({ schema: planParams }) { portalId, planId }: PlanOfPortal,
    @Query({ schema: plainPlanQuery }) _query: object,
  ) {
    return this.outlooks.show(portalId, planId);
  }

  @Post('plans')
  @HttpCode(200)
  @Audited('plan.write')
  @ApiOperation({ operationId: 'writePlan', summary: 'Writes a new plan, a draft' })
  @ApiOkResponse({ standardSchema: planWrittenSchema })
  write(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: planBody }) body: PlanBody) {
    return this.desk.write(portalId, body, currentAccess());
  }

  @Put('plans/:planId')
  @Audited('plan.draft')
  @ApiOperation({
    operationId: 'draftPlan',
    summary: 'Writes a draft over, or the next version of a plan that was promised',
  })
  @ApiOkResponse({ standardSchema: planDecidedSchema })
  draft(@Param({ schema: planParams }) { portalId, planId }: PlanOfPortal, @Body({ schema: planBody }) body: PlanBody) {
    return this.desk.draft(portalId, planId, body, currentAccess());
  }

  @Delete('plans/:planId')
  @Audited('plan.withdraw')
  @ApiOperation({ operationId: 'withdrawPlan', summary: 'Withdraws a plan; its versions stay readable' })
  @ApiOkResponse({ standardSchema: planDecidedSchema })
  withdraw(@Param({ schema: planParams }) { portalId, planId }: PlanOfPortal) {
    return this.desk.withdraw(portalId, planId, currentAccess());
  }

  @Post('plans/:planId/issue')
  @HttpCode(200)
  @Audited('plan.issue')
  @ApiOperation({ operationId: 'issuePlan', summary: 'Promises a version from a day of its month on' })
  @ApiOkResponse({ standardSchema: planDecidedSchema })
  issue(
    @Param({ schema: planParams }) { portalId, planId }: PlanOfPortal,
    @Body({ schema: issueBody }) body: IssueBody,
  ) {
    return this.desk.issue(portalId, planId, body, currentAccess());
  }

  @Post('plans/:planId/signature')
  @HttpCode(200)
  @Needs('plans.sign')
  @Audited('plan.sign')
  @ApiOperation({ operationId: 'signPlan', summary: 'Signs a version for the seller who asks' })
  @ApiOkResponse({ standardSchema: planDecidedSchema })
  sign(
    @Param({ schema: planParams }) { portalId, planId }: PlanOfPortal,
    @Body({ schema: signBody }) { version }: SignBody,
  ) {
    return this.desk.sign(portalId, planId, version, currentAccess());
  }

  @Post('plan-preview')
  @HttpCode(200)
  @Needs('plans.read')
  @ApiOperation({
    operationId: 'previewPlan',
    summary: 'What a plan would come to: chain, norms, volumes by chance, and what does not fit; nothing is kept',
  })
  @ApiOkResponse({ standardSchema: previewSchema })
  preview(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: previewBody }) { content }: PreviewBody,
  ) {
    return this.desk.preview(portalId, content);
  }

  @Get('pace')
  @Needs('plans.read')
  @ReadsFrom('motivation')
  @ApiOperation({
    operationId: 'showPace',
    summary: 'What was done of the plans of a month by now, against what is due by the working time that has passed',
  })
  @ApiOkResponse({ standardSchema: paceSchema })
  pace(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: paceQuery }) query: PaceQuery) {
    return this.paces.show(portalId, query);
  }

  @Get('conversion-base')
  @ReadsFrom('funnel')
  @ApiOperation({
    operationId: 'showConversionBase',
    summary: 'How many records of a window reached each stage, and what a sale brought: what plans are made of',
  })
  @ApiOkResponse({ standardSchema: conversionBaseSchema })
  conversionBase(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Query({ schema: conversionBaseQuery }) query: ConversionBaseQuery,
  ) {
    return this.desk.conversionBase(portalId, query);
  }
}

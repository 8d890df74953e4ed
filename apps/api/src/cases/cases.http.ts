import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import { Desk } from '@funnelwatch/curation';
import type { Clock } from '@funnelwatch/kernel';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { CaseDesk } from './case-desk.js';
import {
  type BulkBody,
  bulkBody,
  bulkResultSchema,
  caseCardSchema,
  casePageSchema,
  type CaseParams,
  caseParams,
  casesQuery,
  type CasesQuery,
  caseSummarySchema,
  type CommandBody,
  commandBody,
  handledSchema,
  presenceSchema,
  summaryQuery,
  type TemplateBody,
  templateBody,
  templateListSchema,
  templateParams,
  templateSchema,
  type ViewBody,
  viewBody,
  viewListSchema,
  viewParams,
  viewSchema,
} from './cases.schemas.js';

type Portal = { portalId: string };

@ApiTags('Cases')
@ApiProblems()
@Needs('cases.read')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId')
export class CasesController {
  constructor(
    private readonly cases: CaseDesk,
    private readonly desk: Desk,
    private readonly portals: PortalDirectory,
    @Inject(wallClock) private readonly clock: Clock,
  ) {}

  @Get('cases')
  @ApiOperation({
    operationId: 'listCases',
    summary: 'Cases of one part of the queue, the soonest due first, by person and then by rule',
  })
  @ApiOkResponse({ standardSchema: casePageSchema })
  list(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: casesQuery }) query: CasesQuery) {
    return this.cases.list(portalId, query, currentAccess());
  }

  @Get('case-summary')
  @ApiOperation({ operationId: 'showCaseSummary', summary: 'How many cases are where, and what was checked' })
  @ApiOkResponse({ standardSchema: caseSummarySchema })
  summary(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: summaryQuery }) _query: object) {
    return this.cases.summary(portalId, currentAccess());
  }

  @Get('second-reviews')
  @Needs('cases.judge')
  @ApiOperation({
    operationId: 'listSecondReviews',
    summary: 'Cases that were drawn for a second verdict of whoever asks; nothing tells of the first',
  })
  @ApiOkResponse({ standardSchema: casePageSchema })
  secondReviews(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Query({ schema: summaryQuery }) _query: object,
  ) {
    return this.cases.secondReviews(portalId, currentAccess());
  }

  @Get('cases/:caseId')
  @ApiOperation({ operationId: 'showCase', summary: 'All that a curator looks at for one verdict' })
  @ApiOkResponse({ standardSchema: caseCardSchema })
  show(
    @Param({ schema: caseParams }) { portalId, caseId }: CaseParams,
    @Query({ schema: summaryQuery }) _query: object,
  ) {
    return this.cases.card(portalId, caseId, currentAccess());
  }

  @Post('cases/:caseId/commands')
  @Needs('cases.judge')
  @Audited('case.command')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'handleCase',
    summary: 'Gives a verdict, puts off, assigns, merges, closes, or takes back',
  })
  @ApiOkResponse({ standardSchema: handledSchema })
  command(
    @Param({ schema: caseParams }) { portalId, caseId }: CaseParams,
    @Body({ schema: commandBody }) body: CommandBody,
  ) {
    return this.cases.command(portalId, caseId, body, currentAccess());
  }

  @Post('case-commands')
  @Needs('cases.judge')
  @Audited('case.bulk')
  @HttpCode(200)
  @ApiOperation({ operationId: 'handleCases', summary: 'The same for up to 200 cases of one rule, each on its own' })
  @ApiOkResponse({ standardSchema: bulkResultSchema })
  bulk(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: bulkBody }) body: BulkBody) {
    return this.cases.bulk(portalId, body, currentAccess());
  }

  @Put('cases/:caseId/presence')
  @Needs('cases.judge')
  @ApiOperation({ operationId: 'lookAtCase', summary: 'Says that one looks at a case, and asks who else does' })
  @ApiOkResponse({ standardSchema: presenceSchema })
  look(@Param({ schema: caseParams }) { portalId, caseId }: CaseParams) {
    return this.cases.look(portalId, caseId, currentAccess());
  }

  @Delete('cases/:caseId/presence')
  @Needs('cases.judge')
  @HttpCode(204)
  @ApiOperation({ operationId: 'lookAwayFromCase', summary: 'Says that one looks at a case no longer' })
  @ApiNoContentResponse()
  lookAway(@Param({ schema: caseParams }) { portalId, caseId }: CaseParams): Promise<void> {
    return this.cases.lookAway(portalId, caseId, currentAccess());
  }

  @Get('case-views')
  @Needs('cases.judge')
  @ApiOperation({ operationId: 'listCaseViews', summary: 'Views of the queue that one has saved' })
  @ApiOkResponse({ standardSchema: viewListSchema })
  async views(@Param({ schema: portalParams }) { portalId }: Portal) {
    await this.portals.get(portalId);
    return { items: await this.desk.views(portalId, currentAccess().accountId) };
  }

  @Post('case-views')
  @Needs('cases.judge')
  @HttpCode(201)
  @ApiOperation({ operationId: 'saveCaseView', summary: 'Saves a view of the queue for oneself' })
  @ApiCreatedResponse({ standardSchema: viewSchema })
  async saveView(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: viewBody }) body: ViewBody) {
    await this.portals.get(portalId);
    const view = { viewId: randomUUID(), ...body };
    await this.desk.saveView(portalId, currentAccess().accountId, view, this.clock.now());
    return view;
  }

  @Delete('case-views/:viewId')
  @Needs('cases.judge')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeCaseView', summary: 'Removes a saved view' })
  @ApiNoContentResponse()
  async removeView(@Param({ schema: viewParams }) { portalId, viewId }: Portal & { viewId: string }): Promise<void> {
    await this.portals.get(portalId);
    await this.desk.removeView(portalId, currentAccess().accountId, viewId);
  }

  @Get('feedback-templates')
  @Needs('cases.judge')
  @ApiOperation({
    operationId: 'listFeedbackTemplates',
    summary: 'Words for feedback that the portal’s curators share',
  })
  @ApiOkResponse({ standardSchema: templateListSchema })
  async templates(@Param({ schema: portalParams }) { portalId }: Portal) {
    await this.portals.get(portalId);
    return { items: await this.desk.templates(portalId) };
  }

  @Put('feedback-templates/:templateId')
  @Needs('cases.judge')
  @Audited('template.save')
  @ApiOperation({ operationId: 'saveFeedbackTemplate', summary: 'Makes or changes a template' })
  @ApiOkResponse({ standardSchema: templateSchema })
  async saveTemplate(
    @Param({ schema: templateParams }) { portalId, templateId }: Portal & { templateId: string },
    @Body({ schema: templateBody }) body: TemplateBody,
  ) {
    await this.portals.get(portalId);
    const template = { templateId, ...body };
    await this.desk.saveTemplate(portalId, template, currentAccess().accountId, this.clock.now());
    return template;
  }

  @Delete('feedback-templates/:templateId')
  @Needs('cases.judge')
  @Audited('template.remove')
  @HttpCode(204)
  @ApiOperation({ operationId: 'removeFeedbackTemplate', summary: 'Removes a template' })
  @ApiNoContentResponse()
  async removeTemplate(
    @Param({ schema: templateParams }) { portalId, templateId }: Portal & { templateId: string },
  ): Promise<void> {
    await this.portals.get(portalId);
    await this.desk.removeTemplate(portalId, templateId);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { SchemeDesk } from './scheme-desk.js';
import { simulationBody, type SimulationBody, simulationSchema } from './scheme-simulation.schemas.js';
import { SchemeSimulationDesk } from './scheme-simulation-desk.js';
import {
  type ApprovalBody,
  approvalBody,
  type IssueSchemeBody,
  issueSchemeBody,
  plainSchemeQuery,
  type SchemeBody,
  schemeBody,
  schemeDecidedSchema,
  schemeListSchema,
  schemeParams,
  type SchemePreviewBody,
  schemePreviewBody,
  schemePreviewSchema,
  schemeViewSchema,
  schemeWrittenSchema,
  withdrawQuery,
} from './schemes.schemas.js';

type Portal = { portalId: string };
type SchemeOfPortal = Portal & { schemeId: string };

@ApiTags('Pay')
@ApiProblems()
@Needs('pay.manage')
@ReadsFrom('motivation')
@Controller('api/v1/portals/:portalId')
export class SchemesController {
  constructor(
    private readonly desk: SchemeDesk,
    private readonly simulations: SchemeSimulationDesk,
  ) {}

  @Get('schemes')
  @Needs('pay.read')
  @ApiOperation({ operationId: 'listSchemes', summary: 'Motivation schemes; to sellers those that pay them' })
  @ApiOkResponse({ standardSchema: schemeListSchema })
  list(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: plainSchemeQuery }) _query: object) {
    return this.desk.list(portalId);
  }

  @Get('schemes/:schemeId')
  @Needs('pay.read')
  @ApiOperation({ operationId: 'showScheme', summary: 'One scheme with its versions and what to think about' })
  @ApiOkResponse({ standardSchema: schemeViewSchema })
  show(
    @Param({ schema: schemeParams }) { portalId, schemeId }: SchemeOfPortal,
    @Query({ schema: plainSchemeQuery }) _query: object,
  ) {
    return this.desk.show(portalId, schemeId);
  }

  @Post('schemes')
  @HttpCode(200)
  @Audited('scheme.write')
  @ApiOperation({ operationId: 'writeScheme', summary: 'Writes a new scheme, a draft' })
  @ApiOkResponse({ standardSchema: schemeWrittenSchema })
  write(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: schemeBody }) body: SchemeBody) {
    return this.desk.write(portalId, body, currentAccess());
  }

  @Put('schemes/:schemeId')
  @Audited('scheme.draft')
  @ApiOperation({
    operationId: 'draftScheme',
    summary: 'Writes a draft over, or the next version of an approved scheme',
  })
  @ApiOkResponse({ standardSchema: schemeDecidedSchema })
  draft(
    @Param({ schema: schemeParams }) { portalId, schemeId }: SchemeOfPortal,
    @Body({ schema: schemeBody }) body: SchemeBody,
  ) {
    return this.desk.draft(portalId, schemeId, body, currentAccess());
  }

  @Delete('schemes/:schemeId')
  @Audited('scheme.withdraw')
  @ApiOperation({
    operationId: 'withdrawScheme',
    summary: 'Withdraws a scheme from a month on; its versions stay readable',
  })
  @ApiOkResponse({ standardSchema: schemeDecidedSchema })
  withdraw(
    @Param({ schema: schemeParams }) { portalId, schemeId }: SchemeOfPortal,
    @Query({ schema: withdrawQuery }) { fromMonth }: { fromMonth: string },
  ) {
    return this.desk.withdraw(portalId, schemeId, fromMonth, currentAccess());
  }

  @Post('schemes/:schemeId/approval')
  @HttpCode(200)
  @Audited('scheme.approve')
  @ApiOperation({ operationId: 'approveScheme', summary: 'Approves a version that somebody else wrote' })
  @ApiOkResponse({ standardSchema: schemeDecidedSchema })
  approve(
    @Param({ schema: schemeParams }) { portalId, schemeId }: SchemeOfPortal,
    @Body({ schema: approvalBody }) { version }: ApprovalBody,
  ) {
    return this.desk.approve(portalId, schemeId, version, currentAccess());
  }

  @Post('schemes/:schemeId/issue')
  @HttpCode(200)
  @Audited('scheme.issue')
  @ApiOperation({ operationId: 'issueScheme', summary: 'Promises an approved version from a month on' })
  @ApiOkResponse({ standardSchema: schemeDecidedSchema })
  issue(
    @Param({ schema: schemeParams }) { portalId, schemeId }: SchemeOfPortal,
    @Body({ schema: issueSchemeBody }) body: IssueSchemeBody,
  ) {
    return this.desk.issue(portalId, schemeId, body, currentAccess());
  }

  @Post('schemes/:schemeId/signature')
  @HttpCode(200)
  @Needs('pay.sign')
  @Audited('scheme.sign')
  @ApiOperation({ operationId: 'signScheme', summary: 'Signs a version for the seller who asks' })
  @ApiOkResponse({ standardSchema: schemeDecidedSchema })
  sign(
    @Param({ schema: schemeParams }) { portalId, schemeId }: SchemeOfPortal,
    @Body({ schema: approvalBody }) { version }: ApprovalBody,
  ) {
    return this.desk.sign(portalId, schemeId, version, currentAccess());
  }

  @Post('scheme-preview')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'previewScheme',
    summary: 'What is wrong with a scheme and what to think about; nothing is kept',
  })
  @ApiOkResponse({ standardSchema: schemePreviewSchema })
  preview(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: schemePreviewBody }) { scheme }: SchemePreviewBody,
  ) {
    return this.desk.preview(portalId, scheme);
  }

  @Post('scheme-simulation')
  @HttpCode(200)
  @Audited('scheme.simulate')
  @ApiOperation({
    operationId: 'simulateScheme',
    summary: 'What a scheme would have paid in recorded months, beside what was paid; nothing is kept',
  })
  @ApiOkResponse({ standardSchema: simulationSchema })
  simulate(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: simulationBody }) body: SimulationBody,
  ) {
    return this.simulations.simulate(portalId, body);
  }
}

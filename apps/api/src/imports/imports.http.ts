import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/needs.decorator.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { ImportsDesk } from './imports-desk.js';
import {
  importParams,
  type PlanImportBody,
  planImportBody,
  planImportSchema,
  planSheetQuery,
  type SchemeImportBody,
  schemeImportBody,
  schemeImportSchema,
  schemeSheetQuery,
  sheetSchema,
} from './imports.schemas.js';

type Portal = { portalId: string };

@ApiTags('Sheets')
@ApiProblems()
@ReadsFrom('motivation')
@Controller('api/v1/portals/:portalId')
export class ImportsController {
  constructor(private readonly desk: ImportsDesk) {}

  @Post('scheme-import')
  @HttpCode(200)
  @Needs('pay.manage')
  @ApiOperation({
    operationId: 'importScheme',
    summary: 'A scheme from the cells of a sheet: errors by cell and what it would change; nothing is kept',
  })
  @ApiOkResponse({ standardSchema: schemeImportSchema })
  scheme(
    @Param({ schema: importParams }) { portalId }: Portal,
    @Body({ schema: schemeImportBody }) body: SchemeImportBody,
  ) {
    return this.desk.scheme(portalId, body);
  }

  @Post('plan-import')
  @HttpCode(200)
  @Needs('plans.manage')
  @ApiOperation({
    operationId: 'importPlan',
    summary: 'A plan from the cells of a sheet: errors by cell and what it would change; nothing is kept',
  })
  @ApiOkResponse({ standardSchema: planImportSchema })
  plan(@Param({ schema: importParams }) { portalId }: Portal, @Body({ schema: planImportBody }) body: PlanImportBody) {
    return this.desk.plan(portalId, body);
  }

  @Get('scheme-sheet')
  @Needs('pay.manage')
  @ApiOperation({ operationId: 'showSchemeSheet', summary: 'Cells of a sheet to fill in, or of a scheme' })
  @ApiOkResponse({ standardSchema: sheetSchema })
  schemeSheet(
    @Param({ schema: importParams }) { portalId }: Portal,
    @Query({ schema: schemeSheetQuery }) { schemeId }: { schemeId?: string },
  ) {
    return this.desk.schemeSheet(portalId, schemeId);
  }

  @Get('plan-sheet')
  @Needs('plans.manage')
  @ApiOperation({ operationId: 'showPlanSheet', summary: 'Cells of a sheet to fill in, or of a plan' })
  @ApiOkResponse({ standardSchema: sheetSchema })
  planSheet(
    @Param({ schema: importParams }) { portalId }: Portal,
    @Query({ schema: planSheetQuery }) { planId }: { planId?: string },
  ) {
    return this.desk.planSheet(portalId, planId);
  }
}

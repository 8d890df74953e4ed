import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { caseParams, type CaseParams } from '../cases/cases.schemas.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { CalibrationDesk } from './calibration-desk.js';
import { CuratorsDesk } from './curators-desk.js';
import { QualityDesk } from './quality-desk.js';
import {
  agreementSchema,
  calibrationSchema,
  type ChecklistBody,
  checklistBody,
  checklistListSchema,
  checklistParams,
  curatorScoresSchema,
  decidedQualitySchema,
  type GoldCaseBody,
  goldCaseBody,
  goldCasesSchema,
  type GoldVerdictBody,
  goldVerdictBody,
  qualityPeriodQuery,
  type QualityPeriodQuery,
  qualityQuery,
  type QualitySettingsBody,
  qualitySettingsBody,
  qualitySettingsSchema,
} from './quality.schemas.js';

type Portal = { portalId: string };

@ApiTags('Quality')
@ApiProblems()
@Needs('rules.manage')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId')
export class QualityController {
  constructor(
    private readonly quality: QualityDesk,
    private readonly curators: CuratorsDesk,
    private readonly calibrations: CalibrationDesk,
  ) {}

  @Get('quality-settings')
  @Needs('quality.read')
  @ApiOperation({ operationId: 'showQualitySettings', summary: 'How the control of the portal is controlled' })
  @ApiOkResponse({ standardSchema: qualitySettingsSchema })
  settings(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: qualityQuery }) _query: object) {
    return this.quality.settings(portalId);
  }

  @Put('quality-settings')
  @Audited('quality.settings')
  @ApiOperation({ operationId: 'setQualitySettings', summary: 'Sets how the control of the portal is controlled' })
  @ApiOkResponse({ standardSchema: decidedQualitySchema })
  setSettings(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: qualitySettingsBody }) body: QualitySettingsBody,
  ) {
    return this.quality.setSettings(portalId, body, currentAccess());
  }

  @Get('curator-agreement')
  @Needs('quality.read')
  @ApiOperation({
    operationId: 'showCuratorAgreement',
    summary: 'How far blind second verdicts agree with the first: overall, by rule, by pair, and who drifts',
  })
  @ApiOkResponse({ standardSchema: agreementSchema })
  agreement(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Query({ schema: qualityPeriodQuery }) query: QualityPeriodQuery,
  ) {
    return this.curators.agreement(portalId, query, currentAccess());
  }

  @Get('curator-scores')
  @Needs('quality.read')
  @ApiOperation({
    operationId: 'showCuratorScores',
    summary:
      'Deadlines kept × verdicts not overturned × agreement × violations not repeated; never how many were found',
  })
  @ApiOkResponse({ standardSchema: curatorScoresSchema })
  scores(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Query({ schema: qualityPeriodQuery }) query: QualityPeriodQuery,
  ) {
    return this.curators.scores(portalId, query, currentAccess());
  }

  @Get('gold-cases')
  @ApiOperation({
    operationId: 'listGoldCases',
    summary: 'Cases with a reference verdict that curators are calibrated by',
  })
  @ApiOkResponse({ standardSchema: goldCasesSchema })
  goldCases(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: qualityQuery }) _query: object) {
    return this.quality.goldCases(portalId);
  }

  @Put('gold-cases/:caseId')
  @Audited('gold.set')
  @ApiOperation({ operationId: 'setGoldCase', summary: 'Makes a case exemplary, with its reference verdict' })
  @ApiOkResponse({ standardSchema: decidedQualitySchema })
  setGoldCase(
    @Param({ schema: caseParams }) { portalId, caseId }: CaseParams,
    @Body({ schema: goldCaseBody }) body: GoldCaseBody,
  ) {
    return this.quality.setGoldCase(portalId, caseId, body, currentAccess());
  }

  @Delete('gold-cases/:caseId')
  @Audited('gold.remove')
  @ApiOperation({ operationId: 'removeGoldCase', summary: 'Takes a case out of the gold set' })
  @ApiOkResponse({ standardSchema: decidedQualitySchema })
  removeGoldCase(@Param({ schema: caseParams }) { portalId, caseId }: CaseParams) {
    return this.quality.removeGoldCase(portalId, caseId, currentAccess());
  }

  @Get('calibration')
  @Needs('cases.judge')
  @ApiOperation({ operationId: 'showCalibration', summary: 'How well one’s verdicts agree with the gold cases' })
  @ApiOkResponse({ standardSchema: calibrationSchema })
  calibration(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: qualityQuery }) _query: object) {
    return this.calibrations.show(portalId, currentAccess());
  }

  @Post('calibration')
  @Needs('cases.judge')
  @Audited('calibration.start')
  @HttpCode(200)
  @ApiOperation({ operationId: 'startCalibration', summary: 'Begins a run over gold cases, or goes on with it' })
  @ApiOkResponse({ standardSchema: calibrationSchema })
  startCalibration(@Param({ schema: portalParams }) { portalId }: Portal) {
    return this.calibrations.start(portalId, currentAccess());
  }

  @Post('calibration/verdicts')
  @Needs('cases.judge')
  @HttpCode(200)
  @ApiOperation({ operationId: 'giveGoldVerdict', summary: 'A verdict on the gold case that is shown' })
  @ApiOkResponse({ standardSchema: calibrationSchema })
  giveGoldVerdict(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: goldVerdictBody }) body: GoldVerdictBody,
  ) {
    return this.calibrations.judge(portalId, body, currentAccess());
  }

  @Get('checklists')
  @Needs('cases.judge')
  @ApiOperation({ operationId: 'listChecklists', summary: 'Checklists that calls, meetings and deals are audited by' })
  @ApiOkResponse({ standardSchema: checklistListSchema })
  checklists(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: qualityQuery }) _query: object) {
    return this.quality.checklists(portalId);
  }

  @Put('checklists/:kind')
  @Audited('checklist.set')
  @ApiOperation({ operationId: 'setChecklist', summary: 'Sets a checklist, as its next version' })
  @ApiOkResponse({ standardSchema: decidedQualitySchema })
  setChecklist(
    @Param({ schema: checklistParams }) { portalId, kind }: Portal & { kind: 'call' | 'meeting' | 'deal' },
    @Body({ schema: checklistBody }) body: ChecklistBody,
  ) {
    return this.quality.setChecklist(portalId, kind, body, currentAccess());
  }
}

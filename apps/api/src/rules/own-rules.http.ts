import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { OwnRuleDesk } from './own-rule-desk.js';
import {
  packDiffSchema,
  type PreviewBody,
  previewBody,
  previewSchema,
  ruleDetailSchema,
  type WriteBody,
  writeBody,
  writtenSchema,
} from './own-rules.schemas.js';
import { decidedRuleSchema, ruleParams, rulesQuery } from './rules.schemas.js';

type Portal = { portalId: string };
type RuleOfPortal = Portal & { ruleId: string };

@ApiTags('Rules')
@ApiProblems()
@Needs('rules.manage')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId')
export class OwnRulesController {
  constructor(private readonly desk: OwnRuleDesk) {}

  @Get('rules/:ruleId')
  @Needs('rules.read')
  @ApiOperation({ operationId: 'showRule', summary: 'A rule with all that defines it, and which layer says what' })
  @ApiOkResponse({ standardSchema: ruleDetailSchema })
  show(
    @Param({ schema: ruleParams }) { portalId, ruleId }: RuleOfPortal,
    @Query({ schema: rulesQuery }) _query: object,
  ) {
    return this.desk.show(portalId, ruleId);
  }

  @Put('rules/:ruleId')
  @Audited('rule.write')
  @ApiOperation({
    operationId: 'writeRule',
    summary: 'Writes a rule of the portal’s own as a draft; switched on, it is in force',
  })
  @ApiOkResponse({ standardSchema: writtenSchema })
  write(
    @Param({ schema: ruleParams }) { portalId, ruleId }: RuleOfPortal,
    @Body({ schema: writeBody }) body: WriteBody,
  ) {
    return this.desk.write(portalId, ruleId, body, currentAccess());
  }

  @Delete('rules/:ruleId')
  @Audited('rule.remove')
  @ApiOperation({
    operationId: 'removeRule',
    summary: 'Removes a rule of the portal’s own; one of the pack is as the pack has it again',
  })
  @ApiOkResponse({ standardSchema: decidedRuleSchema })
  remove(@Param({ schema: ruleParams }) { portalId, ruleId }: RuleOfPortal) {
    return this.desk.remove(portalId, ruleId, currentAccess());
  }

  @Delete('rules/:ruleId/draft')
  @Audited('rule.dropDraft')
  @ApiOperation({ operationId: 'dropRuleDraft', summary: 'Drops what is being written of a rule' })
  @ApiOkResponse({ standardSchema: decidedRuleSchema })
  dropDraft(@Param({ schema: ruleParams }) { portalId, ruleId }: RuleOfPortal) {
    return this.desk.dropDraft(portalId, ruleId, currentAccess());
  }

  @Get('pack-diff')
  @Needs('rules.read')
  @ApiOperation({ operationId: 'showPackDiff', summary: 'What the portal has differently from the pack of rules' })
  @ApiOkResponse({ standardSchema: packDiffSchema })
  diff(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: rulesQuery }) _query: object) {
    return this.desk.diff(portalId);
  }

  @Post('pack-previews')
  @Audited('rule.previewPack')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'previewPack',
    summary:
      'What other rules or layers would change for the portal; tries those that would find otherwise on the past',
  })
  @ApiCreatedResponse({ standardSchema: previewSchema })
  preview(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: previewBody }) body: PreviewBody) {
    return this.desk.preview(portalId, body, currentAccess());
  }
}

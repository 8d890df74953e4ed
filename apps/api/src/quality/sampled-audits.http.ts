import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import {
  auditListSchema,
  auditParams,
  auditSchema,
  type AuditScoreBody,
  auditScoreBody,
  auditsQuery,
  type AuditsQuery,
  decidedQualitySchema,
  qualityQuery,
} from './quality.schemas.js';
import { SampledAuditDesk } from './sampled-audit-desk.js';

type AuditOfPortal = { portalId: string; auditId: string };

@ApiTags('Quality')
@ApiProblems()
@Needs('audits.score')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId/audits')
export class SampledAuditsController {
  constructor(private readonly desk: SampledAuditDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listAudits', summary: 'Drawn calls, meetings and deals that one may score, or has' })
  @ApiOkResponse({ standardSchema: auditListSchema })
  list(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: auditsQuery }) query: AuditsQuery,
  ) {
    return this.desk.list(portalId, query, currentAccess());
  }

  @Get(':auditId')
  @ApiOperation({ operationId: 'showAudit', summary: 'One audit with its checklist and the record in the portal' })
  @ApiOkResponse({ standardSchema: auditSchema })
  show(
    @Param({ schema: auditParams }) { portalId, auditId }: AuditOfPortal,
    @Query({ schema: qualityQuery }) _query: object,
  ) {
    return this.desk.show(portalId, auditId, currentAccess());
  }

  @Put(':auditId/score')
  @Audited('audit.score')
  @ApiOperation({ operationId: 'scoreAudit', summary: 'Scores an audit item by item' })
  @ApiOkResponse({ standardSchema: decidedQualitySchema })
  score(
    @Param({ schema: auditParams }) { portalId, auditId }: AuditOfPortal,
    @Body({ schema: auditScoreBody }) body: AuditScoreBody,
  ) {
    return this.desk.score(portalId, auditId, body, currentAccess());
  }

  @Delete(':auditId/score')
  @Audited('audit.unscore')
  @ApiOperation({ operationId: 'withdrawAuditScore', summary: 'Takes one’s own score back' })
  @ApiOkResponse({ standardSchema: decidedQualitySchema })
  withdraw(@Param({ schema: auditParams }) { portalId, auditId }: AuditOfPortal) {
    return this.desk.withdraw(portalId, auditId, currentAccess());
  }
}

import { Controller, Get, Header, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Readable } from 'node:stream';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { AuditDesk } from './audit-desk.js';
import {
  type AuditExportQuery,
  auditExportQuery,
  auditPageSchema,
  type AuditQuery,
  auditQuery,
} from './audit.schemas.js';

@ApiTags('Audit')
@ApiProblems()
@Controller('api/v1')
export class AuditController {
  constructor(private readonly desk: AuditDesk) {}

  @Get('audit')
  @Needs('audit.readAll')
  @ApiOperation({ operationId: 'listAudit', summary: 'Sign-ins, changes and reads of personal data, newest first' })
  @ApiOkResponse({ standardSchema: auditPageSchema })
  all(@Query({ schema: auditQuery }) query: AuditQuery) {
    return this.desk.page(null, query);
  }

  @Get('audit/export')
  @Needs('audit.readAll')
  @Audited('audit.export')
  @Header('content-disposition', 'attachment; filename="audit.csv"')
  @ApiOperation({ operationId: 'exportAudit', summary: 'The whole record as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  exportAll(@Query({ schema: auditExportQuery }) query: AuditExportQuery) {
    return csvFile(this.desk.lines(null, query));
  }

  @Get('portals/:portalId/audit')
  @Needs('audit.read')
  @ApiOperation({ operationId: 'listPortalAudit', summary: 'What concerns one portal, newest first' })
  @ApiOkResponse({ standardSchema: auditPageSchema })
  ofPortal(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: auditQuery }) query: AuditQuery,
  ) {
    return this.desk.page(portalId, query);
  }

  @Get('portals/:portalId/audit/export')
  @Needs('audit.read')
  @Audited('audit.export')
  @Header('content-disposition', 'attachment; filename="audit.csv"')
  @ApiOperation({ operationId: 'exportPortalAudit', summary: 'What concerns one portal, as CSV' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  exportOfPortal(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: auditExportQuery }) query: AuditExportQuery,
  ) {
    return csvFile(this.desk.lines(portalId, query));
  }
}

const csvFile = (lines: AsyncGenerator<string>) =>
  new StreamableFile(Readable.from(lines), { type: 'text/csv; charset=utf-8' });

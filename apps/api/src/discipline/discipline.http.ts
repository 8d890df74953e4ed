import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { DisciplineDesk } from './discipline-desk.js';
import { type DisciplineQuery, disciplineQuery, disciplineSchema } from './discipline.schemas.js';

@ApiTags('Discipline')
@ApiProblems()
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId/discipline')
export class DisciplineController {
  constructor(private readonly desk: DisciplineDesk) {}

  @Get()
  @Needs('cases.read')
  @ApiOperation({
    operationId: 'showDiscipline',
    summary: 'Violations of checks by rule, person and week, repeats, deadlines, and first-pass yield of stages',
  })
  @ApiOkResponse({ standardSchema: disciplineSchema })
  show(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: disciplineQuery }) query: DisciplineQuery,
  ) {
    return this.desk.show(portalId, query, currentAccess());
  }
}

import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { PositiveNoteDesk } from './positive-note-desk.js';
import {
  type PositiveNotesBody,
  positiveNotesBody,
  positiveNotesSchema,
  positiveNotesSetSchema,
} from './positive-notes.schemas.js';

type Portal = { portalId: string };

@ApiTags('Feedback')
@ApiProblems()
@Needs('rules.manage')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId/positive-notes')
export class PositiveNotesController {
  constructor(private readonly desk: PositiveNoteDesk) {}

  @Get()
  @Needs('cases.judge')
  @ApiOperation({
    operationId: 'showPositiveNotes',
    summary: 'Whether people are told of a week without a confirmed violation',
  })
  @ApiOkResponse({ standardSchema: positiveNotesSchema })
  show(@Param({ schema: portalParams }) { portalId }: Portal) {
    return this.desk.show(portalId);
  }

  @Put()
  @Audited('positiveNotes.set')
  @ApiOperation({
    operationId: 'setPositiveNotes',
    summary: 'Switches the good word for a clean week on or off; its channel has to be on as well',
  })
  @ApiOkResponse({ standardSchema: positiveNotesSetSchema })
  set(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: positiveNotesBody }) body: PositiveNotesBody,
  ) {
    return this.desk.set(portalId, body, currentAccess());
  }
}

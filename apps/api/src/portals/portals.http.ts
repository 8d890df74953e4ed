import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { plainReadQuery } from '../pipelines/pipelines.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { ListPortalsQuery, ShowPortalQuery } from './show-portals.query.js';
import {
  portalListSchema,
  portalParams,
  portalSchema,
  type RegisterPortalBody,
  registerPortalSchema,
} from './portals.schemas.js';
import { RegisterPortalCommand } from './register-portal.command.js';

@ApiTags('Portals')
@ApiProblems()
@Controller('api/v1/portals')
export class PortalsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listPortals', summary: 'Portals with connection, progress and freshness' })
  @ApiOkResponse({ standardSchema: portalListSchema })
  list() {
    return this.queries.execute(new ListPortalsQuery());
  }

  @Get(':portalId')
  @ApiOperation({ operationId: 'showPortal', summary: 'One portal' })
  @ApiOkResponse({ standardSchema: portalSchema })
  show(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: plainReadQuery }) _: object,
  ) {
    return this.queries.execute(new ShowPortalQuery(portalId));
  }

  @Post()
  @HttpCode(201)
  @ApiOperation({
    operationId: 'registerPortal',
    summary: 'Connects a portal by its incoming webhook',
    description: 'The portal is asked first; when it refuses, the answer is 422 with the reason and nothing is stored.',
  })
  @ApiCreatedResponse({ standardSchema: portalSchema })
  register(@Body({ schema: registerPortalSchema }) body: RegisterPortalBody) {
    return this.commands.execute(new RegisterPortalCommand(body));
  }
}

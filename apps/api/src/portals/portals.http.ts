import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { plainReadQuery } from '../pipelines/pipelines.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import {
  ChangePortalCommand,
  RemovePortalCommand,
  ReplaceWebhookCommand,
  SwitchCaptureCommand,
} from './manage-portal.commands.js';
import { ListPortalsQuery, ShowPortalQuery } from './show-portals.query.js';
import {
  type ChangePortalBody,
  changePortalSchema,
  portalListSchema,
  portalParams,
  portalSchema,
  type RegisterPortalBody,
  registerPortalSchema,
  type ReplaceWebhookBody,
  replaceWebhookSchema,
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
  @Needs('signed-in')
  @ApiOperation({ operationId: 'listPortals', summary: 'Portals one may see, with connection, progress and freshness' })
  @ApiOkResponse({ standardSchema: portalListSchema })
  list() {
    return this.queries.execute(new ListPortalsQuery());
  }

  @Get(':portalId')
  @Needs('portal.read')
  @ApiOperation({ operationId: 'showPortal', summary: 'One portal' })
  @ApiOkResponse({ standardSchema: portalSchema })
  show(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: plainReadQuery }) _: object,
  ) {
    return this.queries.execute(new ShowPortalQuery(portalId));
  }

  @Post()
  @Needs('portals.register')
  @Audited('portal.register')
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

  @Patch(':portalId')
  @Needs('portal.manage')
  @Audited('portal.change')
  @ApiOperation({
    operationId: 'changePortal',
    summary: 'Changes name, zone, language or working hours',
    description: 'With an old `version` nothing is changed and the answer is 409: somebody else was faster.',
  })
  @ApiOkResponse({ standardSchema: portalSchema })
  change(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Body({ schema: changePortalSchema }) body: ChangePortalBody,
  ) {
    return this.commands.execute(new ChangePortalCommand(portalId, body));
  }

  @Put(':portalId/webhook')
  @Needs('portal.manage')
  @Audited('portal.replaceWebhook')
  @ApiOperation({
    operationId: 'replaceWebhook',
    summary: 'Gives a portal another webhook: a new code, or the address after a renaming',
    description: 'The portal is asked first; when it refuses, the answer is 422 with the reason and nothing is stored.',
  })
  @ApiOkResponse({ standardSchema: portalSchema })
  replaceWebhook(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Body({ schema: replaceWebhookSchema }) { webhookUrl }: ReplaceWebhookBody,
  ) {
    return this.commands.execute(new ReplaceWebhookCommand(portalId, webhookUrl));
  }

  @Post(':portalId/pause')
  @Needs('portal.manage')
  @Audited('portal.pause')
  @HttpCode(200)
  @ApiOperation({ operationId: 'pausePortal', summary: 'Stops reading a portal; all that is known stays' })
  @ApiOkResponse({ standardSchema: portalSchema })
  pause(@Param({ schema: portalParams }) { portalId }: { portalId: string }) {
    return this.commands.execute(new SwitchCaptureCommand(portalId, 'paused'));
  }

  @Post(':portalId/resume')
  @Needs('portal.manage')
  @Audited('portal.resume')
  @HttpCode(200)
  @ApiOperation({ operationId: 'resumePortal', summary: 'Goes on reading a paused portal; nothing is left out' })
  @ApiOkResponse({ standardSchema: portalSchema })
  resume(@Param({ schema: portalParams }) { portalId }: { portalId: string }) {
    return this.commands.execute(new SwitchCaptureCommand(portalId, 'active'));
  }

  @Delete(':portalId')
  @Needs('portal.manage')
  @Audited('portal.remove')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'removePortal',
    summary: 'Takes a portal out of every list and forgets its webhook',
    description: 'Its history stays in the log: connected again under the same address, the portal carries on with it.',
  })
  @ApiNoContentResponse()
  remove(@Param({ schema: portalParams }) { portalId }: { portalId: string }): Promise<void> {
    return this.commands.execute(new RemovePortalCommand(portalId));
  }
}

import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Audited } from '../access/audited.decorator.js';
import { callerOf } from '../access/caller.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { LinkDesk } from './link-desk.js';
import {
  type InspectLinkBody,
  inspectLinkBody,
  type JoinBody,
  joinBody,
  joinSignedInBody,
  linkSchema,
  type ResetBody,
  resetBody,
} from './links.schemas.js';
import { meSchema } from './session.schemas.js';

@ApiTags('One-time links')
@ApiProblems()
@Controller('api/v1/links')
export class LinksController {
  constructor(private readonly desk: LinkDesk) {}

  @Post('inspect')
  @Needs('public')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'inspectLink',
    summary: 'What a one-time link is for',
    description: 'Uses nothing up. The token travels in the body, so that it stands in no log of addresses.',
  })
  @ApiOkResponse({ standardSchema: linkSchema })
  inspect(@Body({ schema: inspectLinkBody }) { token }: InspectLinkBody) {
    return this.desk.inspect(token);
  }

  @Post('join')
  @Needs('public')
  @Audited('link.join')
  @HttpCode(201)
  @ApiOperation({ operationId: 'joinByLink', summary: 'Makes an account by a first link or an invitation; signs in' })
  @ApiCreatedResponse({ standardSchema: meSchema })
  join(
    @Body({ schema: joinBody }) body: JoinBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.desk.join(body, callerOf(request), response);
  }

  @Post('join-signed-in')
  @Needs('signed-in')
  @Audited('link.joinSignedIn')
  @HttpCode(200)
  @ApiOperation({ operationId: 'joinSignedIn', summary: 'Takes an invitation with the account one is signed in with' })
  @ApiOkResponse({ standardSchema: meSchema })
  joinSignedIn(@Body({ schema: joinSignedInBody }) { token }: InspectLinkBody) {
    return this.desk.joinSignedIn(currentAccess(), token);
  }

  @Post('reset')
  @Needs('public')
  @Audited('link.reset')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'resetPassword',
    summary: 'Sets a password by a link of an administrator; every other session ends',
  })
  @ApiCreatedResponse({ standardSchema: meSchema })
  reset(
    @Body({ schema: resetBody }) body: ResetBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.desk.reset(body, callerOf(request), response);
  }
}

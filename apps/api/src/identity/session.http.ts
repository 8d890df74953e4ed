import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Audited } from '../access/audited.decorator.js';
import { callerOf } from '../access/caller.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { SessionDesk } from './session-desk.js';
import {
  type DemoBody,
  demoBody,
  meSchema,
  type PasswordBody,
  passwordBody,
  sessionListSchema,
  sessionParams,
  type SignInBody,
  signInBody,
  signInOptionsSchema,
} from './session.schemas.js';

@ApiTags('Sign-in')
@ApiProblems()
@Controller('api/v1')
export class SessionController {
  constructor(private readonly desk: SessionDesk) {}

  @Get('sign-in')
  @Needs('public')
  @ApiOperation({ operationId: 'signInOptions', summary: 'Ways to sign in here' })
  @ApiOkResponse({ standardSchema: signInOptionsSchema })
  options() {
    return this.desk.options();
  }

  @Post('session')
  @Needs('public')
  @Audited('session.begin')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'signIn',
    summary: 'Signs in',
    description: 'Sets a cookie. After some failures attempts are slowed down: 429 with Retry-After.',
  })
  @ApiCreatedResponse({ standardSchema: meSchema })
  signIn(
    @Body({ schema: signInBody }) body: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.desk.signIn(body, callerOf(request), response);
  }

  @Post('session/demo')
  @Needs('public')
  @Audited('session.beginDemo')
  @HttpCode(201)
  @ApiOperation({ operationId: 'signInToDemo', summary: 'Signs in with a ready account of the simulated portal' })
  @ApiCreatedResponse({ standardSchema: meSchema })
  signInToDemo(
    @Body({ schema: demoBody }) body: DemoBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    return this.desk.signInToDemo(body.role, callerOf(request), response);
  }

  @Get('session')
  @Needs('signed-in')
  @ApiOperation({ operationId: 'showMe', summary: 'Who is signed in, and what they may do' })
  @ApiOkResponse({ standardSchema: meSchema })
  me() {
    return this.desk.me(currentAccess());
  }

  @Delete('session')
  @Needs('signed-in')
  @Audited('session.end')
  @HttpCode(204)
  @ApiOperation({ operationId: 'signOut', summary: 'Signs out' })
  @ApiNoContentResponse()
  signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    return this.desk.signOut(callerOf(request), response);
  }

  @Get('sessions')
  @Needs('signed-in')
  @ApiOperation({ operationId: 'listSessions', summary: 'Where one is signed in' })
  @ApiOkResponse({ standardSchema: sessionListSchema })
  sessions() {
    return this.desk.sessionsOf(currentAccess());
  }

  @Delete('sessions')
  @Needs('signed-in')
  @Audited('session.endOthers')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endOtherSessions', summary: 'Signs out everywhere else' })
  @ApiNoContentResponse()
  endOthers(): Promise<void> {
    return this.desk.endOthers(currentAccess());
  }

  @Delete('sessions/:sessionId')
  @Needs('signed-in')
  @Audited('session.endOne')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endSession', summary: 'Ends one of one’s own sessions' })
  @ApiNoContentResponse()
  endSession(@Param({ schema: sessionParams }) { sessionId }: { sessionId: string }): Promise<void> {
    return this.desk.endSession(currentAccess(), sessionId);
  }

  @Put('session/password')
  @Needs('signed-in')
  @Audited('password.change')
  @HttpCode(204)
  @ApiOperation({ operationId: 'changePassword', summary: 'Sets another password; every other session ends' })
  @ApiNoContentResponse()
  changePassword(
    @Body({ schema: passwordBody }) body: PasswordBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    return this.desk.changePassword(currentAccess(), body, callerOf(request), response);
  }
}

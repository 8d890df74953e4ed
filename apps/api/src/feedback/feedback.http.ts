import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Channel } from '@funnelwatch/write-back';
import type { Request } from 'express';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { type CaseParams, caseParams } from '../cases/cases.schemas.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { FeedbackDesk } from './feedback-desk.js';
import {
  answerPageSchema,
  caseFeedbackSchema,
  type ChannelBody,
  channelBody,
  channelListSchema,
  channelParams,
  type FeedbackBody,
  feedbackBody,
  feedbackParams,
  feedbackPreviewSchema,
  feedbackSentSchema,
  type GiveAnswerBody,
  giveAnswerBody,
  messageListSchema,
  messageParams,
  type MessagesQuery,
  messagesQuery,
  showAnswerBody,
} from './feedback.schemas.js';

type Portal = { portalId: string };

@ApiTags('Feedback')
@ApiProblems()
@Needs('cases.judge')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId')
export class FeedbackController {
  constructor(private readonly desk: FeedbackDesk) {}

  @Get('channels')
  @Needs('cases.judge')
  @ApiOperation({
    operationId: 'listChannels',
    summary: 'Ways into the portal; each is off until somebody switches it on',
  })
  @ApiOkResponse({ standardSchema: channelListSchema })
  channels(@Param({ schema: portalParams }) { portalId }: Portal) {
    return this.desk.channels(portalId);
  }

  @Put('channels/:channel')
  @Needs('rules.manage')
  @Audited('channel.set')
  @ApiOperation({ operationId: 'setChannel', summary: 'Switches a way into the portal on or off, with its cap' })
  @ApiOkResponse({ standardSchema: channelListSchema })
  setChannel(
    @Param({ schema: channelParams }) { portalId, channel }: Portal & { channel: Channel },
    @Body({ schema: channelBody }) body: ChannelBody,
  ) {
    return this.desk.setChannel(portalId, channel, body, currentAccess());
  }

  @Post('cases/:caseId/feedback-preview')
  @HttpCode(200)
  @ApiOperation({ operationId: 'previewFeedback', summary: 'What feedback would write, to the letter; writes nothing' })
  @ApiOkResponse({ standardSchema: feedbackPreviewSchema })
  preview(
    @Param({ schema: caseParams }) { portalId, caseId }: CaseParams,
    @Body({ schema: feedbackBody }) body: FeedbackBody,
    @Req() request: Request,
  ) {
    return this.desk.preview(portalId, caseId, body, originOf(request));
  }

  @Post('cases/:caseId/feedback')
  @Audited('feedback.send')
  @HttpCode(201)
  @ApiOperation({ operationId: 'sendFeedback', summary: 'Puts feedback on its way; it leaves when undoing is over' })
  @ApiCreatedResponse({ standardSchema: feedbackSentSchema })
  send(
    @Param({ schema: caseParams }) { portalId, caseId }: CaseParams,
    @Body({ schema: feedbackBody }) body: FeedbackBody,
    @Req() request: Request,
  ) {
    return this.desk.send(portalId, caseId, body, originOf(request), currentAccess());
  }

  @Get('cases/:caseId/feedback')
  @ApiOperation({
    operationId: 'listCaseFeedback',
    summary: 'What was or will be said about a case, newest first, and what was answered',
  })
  @ApiOkResponse({ standardSchema: caseFeedbackSchema })
  ofCase(@Param({ schema: caseParams }) { portalId, caseId }: CaseParams) {
    return this.desk.ofCase(portalId, caseId, currentAccess());
  }

  @Delete('cases/:caseId/feedback/:messageId')
  @Audited('feedback.cancel')
  @HttpCode(204)
  @ApiOperation({ operationId: 'cancelFeedback', summary: 'Takes feedback back while it has not left' })
  @ApiNoContentResponse()
  cancel(
    @Param({ schema: feedbackParams }) { portalId, caseId, messageId }: CaseParams & { messageId: string },
  ): Promise<void> {
    return this.desk.cancel(portalId, caseId, messageId, currentAccess());
  }

  @Get('portal-messages')
  @ApiOperation({
    operationId: 'listPortalMessages',
    summary: 'What was or will be written into the portal, newest first',
  })
  @ApiOkResponse({ standardSchema: messageListSchema })
  messages(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Query({ schema: messagesQuery }) query: MessagesQuery,
  ) {
    return this.desk.messages(portalId, query, currentAccess());
  }

  @Post('portal-messages/:messageId/retry')
  @Audited('feedback.retry')
  @HttpCode(204)
  @ApiOperation({
    operationId: 'retryPortalMessage',
    summary: 'Has a message sent that is held, was refused or given up',
  })
  @ApiNoContentResponse()
  retry(@Param({ schema: messageParams }) { portalId, messageId }: Portal & { messageId: string }): Promise<void> {
    return this.desk.retry(portalId, messageId);
  }
}

@ApiTags('Feedback')
@ApiProblems()
@Controller('api/v1/answers')
export class AnswersController {
  constructor(private readonly desk: FeedbackDesk) {}

  @Post('inspect')
  @Needs('public')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'showAnswerPage',
    summary: 'What a link in a message is about',
    description: 'The signed token travels in the body, so that it stands in no log of addresses.',
  })
  @ApiOkResponse({ standardSchema: answerPageSchema })
  show(@Body({ schema: showAnswerBody }) { token }: { token: string }) {
    return this.desk.answerPage(token);
  }

  @Post()
  @Needs('public')
  @Audited('feedback.answer')
  @HttpCode(200)
  @ApiOperation({ operationId: 'giveAnswer', summary: 'Answers a case by the link of its message' })
  @ApiOkResponse({ standardSchema: answerPageSchema })
  answer(@Body({ schema: giveAnswerBody }) body: GiveAnswerBody) {
    return this.desk.answer(body);
  }
}

/** Where the reader came from: the host was checked before. */
const originOf = (request: Request): string => `${request.protocol}://${request.get('host') ?? 'localhost'}`;

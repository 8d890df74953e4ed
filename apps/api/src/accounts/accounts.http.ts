import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { createdLinkSchema } from '../people/access.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { AccountDesk } from './account-desk.js';
import {
  accountListSchema,
  accountParams,
  installationInvitationParams,
  type InviteToInstallationBody,
  inviteToInstallationBody,
} from './accounts.schemas.js';

type Account = { accountId: string };

@ApiTags('Accounts')
@ApiProblems()
@Needs('accounts.manage')
@Controller('api/v1/accounts')
export class AccountsController {
  constructor(private readonly desk: AccountDesk) {}

  @Get()
  @ApiOperation({ operationId: 'listAccounts', summary: 'Everybody who can sign in, with all their roles' })
  @ApiOkResponse({ standardSchema: accountListSchema })
  list() {
    return this.desk.list();
  }

  @Post('invitations')
  @Audited('invitation.create')
  @HttpCode(201)
  @ApiOperation({ operationId: 'inviteToInstallation', summary: 'Invites another integrator or operations person' })
  @ApiCreatedResponse({ standardSchema: createdLinkSchema })
  invite(@Body({ schema: inviteToInstallationBody }) { role }: InviteToInstallationBody) {
    return this.desk.invite(role, currentAccess());
  }

  @Delete('invitations/:invitationId')
  @Audited('invitation.withdraw')
  @HttpCode(204)
  @ApiOperation({ operationId: 'withdrawInstallationInvitation', summary: 'Makes an unused invitation worthless' })
  @ApiNoContentResponse()
  withdrawInvitation(
    @Param({ schema: installationInvitationParams }) { invitationId }: { invitationId: string },
  ): Promise<void> {
    return this.desk.withdrawInvitation(invitationId);
  }

  @Delete(':accountId/installation-role')
  @Audited('role.withdraw')
  @HttpCode(204)
  @ApiOperation({ operationId: 'withdrawInstallationRole', summary: 'Takes the role for the whole installation away' })
  @ApiNoContentResponse()
  withdrawRole(@Param({ schema: accountParams }) { accountId }: Account): Promise<void> {
    return this.desk.withdrawRole(accountId);
  }

  @Post(':accountId/reset-link')
  @Audited('password.resetLink')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'createResetLink',
    summary: 'Makes a one-time link by which somebody sets another password',
    description: 'Shown this once; hand it over yourself. It is good for a day.',
  })
  @ApiCreatedResponse({ standardSchema: createdLinkSchema })
  resetPassword(@Param({ schema: accountParams }) { accountId }: Account) {
    return this.desk.resetPassword(accountId, currentAccess());
  }

  @Delete(':accountId/sessions')
  @Audited('session.endOfAccount')
  @HttpCode(204)
  @ApiOperation({ operationId: 'endSessionsOfAccount', summary: 'Signs somebody out everywhere' })
  @ApiNoContentResponse()
  endSessions(@Param({ schema: accountParams }) { accountId }: Account): Promise<void> {
    return this.desk.endSessions(accountId);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { AccessDesk } from './access-desk.js';
import {
  createdLinkSchema,
  createdSubstitutionSchema,
  type InvitationBody,
  invitationBody,
  invitationParams,
  peopleSchema,
  personParams,
  type RoleBody,
  roleBody,
  type SubstitutionBody,
  substitutionBody,
  substitutionListSchema,
  substitutionParams,
} from './access.schemas.js';

type Portal = { portalId: string };

@ApiTags('People')
@ApiProblems()
@Controller('api/v1/portals/:portalId')
export class AccessController {
  constructor(private readonly desk: AccessDesk) {}

  @Get('people')
  @Needs('people.read')
  @ApiOperation({ operationId: 'listPeople', summary: 'Users of the portal and who else has access, with their roles' })
  @ApiOkResponse({ standardSchema: peopleSchema })
  list(@Param({ schema: portalParams }) { portalId }: Portal) {
    return this.desk.list(portalId, currentAccess());
  }

  @Post('invitations')
  @Needs('people.manage')
  @Audited('invitation.create')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'invitePerson',
    summary: 'Makes a one-time link that gives somebody a role in the portal',
    description: 'The link is shown this once. An earlier unused one for the same user is withdrawn.',
  })
  @ApiCreatedResponse({ standardSchema: createdLinkSchema })
  invite(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: invitationBody }) body: InvitationBody,
  ) {
    return this.desk.invite(portalId, body, currentAccess());
  }

  @Delete('invitations/:invitationId')
  @Needs('people.manage')
  @Audited('invitation.withdraw')
  @HttpCode(204)
  @ApiOperation({ operationId: 'withdrawInvitation', summary: 'Makes an unused invitation worthless' })
  @ApiNoContentResponse()
  withdrawInvitation(
    @Param({ schema: invitationParams }) { portalId, invitationId }: Portal & { invitationId: string },
  ): Promise<void> {
    return this.desk.withdrawInvitation(portalId, invitationId, currentAccess());
  }

  @Put('people/:accountId')
  @Needs('people.manage')
  @Audited('role.change')
  @HttpCode(204)
  @ApiOperation({ operationId: 'changeRole', summary: 'Gives somebody another role in the portal' })
  @ApiNoContentResponse()
  changeRole(
    @Param({ schema: personParams }) { portalId, accountId }: Portal & { accountId: string },
    @Body({ schema: roleBody }) { role }: RoleBody,
  ): Promise<void> {
    return this.desk.changeRole(portalId, accountId, role, currentAccess());
  }

  @Delete('people/:accountId')
  @Needs('people.manage')
  @Audited('role.withdraw')
  @HttpCode(204)
  @ApiOperation({ operationId: 'withdrawAccess', summary: 'Takes somebody’s access to the portal away, at once' })
  @ApiNoContentResponse()
  withdraw(@Param({ schema: personParams }) { portalId, accountId }: Portal & { accountId: string }): Promise<void> {
    return this.desk.withdraw(portalId, accountId, currentAccess());
  }

  @Get('substitutions')
  @Needs('people.read')
  @ApiOperation({ operationId: 'listSubstitutions', summary: 'Who stands in for whom, now or soon' })
  @ApiOkResponse({ standardSchema: substitutionListSchema })
  substitutions(@Param({ schema: portalParams }) { portalId }: Portal) {
    return this.desk.substitutionsOf(portalId);
  }

  @Post('substitutions')
  @Needs('people.manage')
  @Audited('substitution.arrange')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'arrangeSubstitution',
    summary: 'Lets somebody do the work of an absent person for some time, with their role',
  })
  @ApiCreatedResponse({ standardSchema: createdSubstitutionSchema })
  substitute(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Body({ schema: substitutionBody }) body: SubstitutionBody,
  ) {
    return this.desk.substitute(portalId, body, currentAccess());
  }

  @Delete('substitutions/:substitutionId')
  @Needs('people.manage')
  @Audited('substitution.cancel')
  @HttpCode(204)
  @ApiOperation({ operationId: 'cancelSubstitution', summary: 'Ends a substitution at once' })
  @ApiNoContentResponse()
  cancelSubstitution(
    @Param({ schema: substitutionParams }) { portalId, substitutionId }: Portal & { substitutionId: string },
  ): Promise<void> {
    return this.desk.cancelSubstitution(portalId, substitutionId);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { RuleDesk } from './rule-desk.js';
import {
  type BacktestBody,
  backtestBody,
  backtestListSchema,
  backtestParams,
  backtestSchema,
  type CheckBody,
  checkBody,
  checkedSchema,
  decidedRuleSchema,
  type ParametersBody,
  parametersBody,
  ruleListSchema,
  ruleParams,
  rulesQuery,
  type SilenceBody,
  silenceBody,
  silenceParams,
  type StatusBody,
  statusBody,
} from './rules.schemas.js';

type Portal = { portalId: string };
type RuleOfPortal = Portal & { ruleId: string };

@ApiTags('Rules')
@ApiProblems()
@Needs('rules.manage')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId')
export class RulesController {
  constructor(
    private readonly desk: RuleDesk,
    private readonly portals: PortalDirectory,
  ) {}

  @Get('rules')
  @Needs('rules.read')
  @ApiOperation({
    operationId: 'listRules',
    summary: 'Rules of the portal: what they say, whether they are on, how precise',
  })
  @ApiOkResponse({ standardSchema: ruleListSchema })
  list(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: rulesQuery }) _query: object) {
    return this.desk.list(portalId);
  }

  @Put('rules/:ruleId/status')
  @Audited('rule.status')
  @ApiOperation({ operationId: 'setRuleStatus', summary: 'Switches a rule on, into shadow, or off' })
  @ApiOkResponse({ standardSchema: decidedRuleSchema })
  setStatus(
    @Param({ schema: ruleParams }) { portalId, ruleId }: RuleOfPortal,
    @Body({ schema: statusBody }) body: StatusBody,
  ) {
    return this.desk.setStatus(portalId, ruleId, body, currentAccess());
  }

  @Put('rules/:ruleId/parameters')
  @Audited('rule.parameters')
  @ApiOperation({ operationId: 'setRuleParameters', summary: 'Sets the parameters of a rule for the portal' })
  @ApiOkResponse({ standardSchema: decidedRuleSchema })
  setParameters(
    @Param({ schema: ruleParams }) { portalId, ruleId }: RuleOfPortal,
    @Body({ schema: parametersBody }) body: ParametersBody,
  ) {
    return this.desk.setParameters(portalId, ruleId, body, currentAccess());
  }

  @Post('rule-checks')
  @HttpCode(200)
  @ApiOperation({ operationId: 'checkRule', summary: 'Says what is wrong with a rule, by line and column' })
  @ApiOkResponse({ standardSchema: checkedSchema })
  async check(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: checkBody }) { rule }: CheckBody) {
    await this.portals.get(portalId);
    return this.desk.check(rule);
  }

  @Post('rules/:ruleId/backtests')
  @Audited('rule.backtest')
  @HttpCode(201)
  @ApiOperation({
    operationId: 'requestBacktest',
    summary: 'Tries a rule on everything that was recorded; says nothing to anybody',
  })
  @ApiCreatedResponse({ standardSchema: backtestSchema })
  requestBacktest(
    @Param({ schema: ruleParams }) { portalId, ruleId }: RuleOfPortal,
    @Body({ schema: backtestBody }) body: BacktestBody,
  ) {
    return this.desk.requestBacktest(portalId, ruleId, body, currentAccess());
  }

  @Get('backtests')
  @Needs('rules.read')
  @ApiOperation({ operationId: 'listBacktests', summary: 'The last backtests, newest first' })
  @ApiOkResponse({ standardSchema: backtestListSchema })
  backtests(@Param({ schema: portalParams }) { portalId }: Portal) {
    return this.desk.backtests(portalId);
  }

  @Get('backtests/:backtestId')
  @Needs('rules.read')
  @ApiOperation({ operationId: 'showBacktest', summary: 'How far a backtest is, and what it found' })
  @ApiOkResponse({ standardSchema: backtestSchema })
  backtest(@Param({ schema: backtestParams }) { portalId, backtestId }: Portal & { backtestId: string }) {
    return this.desk.backtest(portalId, backtestId);
  }

  @Delete('backtests/:backtestId')
  @Audited('rule.backtestCancel')
  @HttpCode(204)
  @ApiOperation({ operationId: 'cancelBacktest', summary: 'Ends a backtest that waits or runs' })
  @ApiNoContentResponse()
  cancelBacktest(@Param({ schema: backtestParams }) { portalId, backtestId }: Portal & { backtestId: string }) {
    return this.desk.cancelBacktest(portalId, backtestId);
  }

  @Post('silences')
  @Audited('silence.set')
  @HttpCode(201)
  @ApiOperation({ operationId: 'setSilence', summary: 'Keeps matching cases silent until an instant' })
  @ApiCreatedResponse({ standardSchema: decidedRuleSchema })
  silence(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: silenceBody }) body: SilenceBody) {
    return this.desk.silence(portalId, body, currentAccess());
  }

  @Delete('silences/:silenceId')
  @Audited('silence.end')
  @ApiOperation({ operationId: 'endSilence', summary: 'Ends a silence at once' })
  @ApiOkResponse({ standardSchema: decidedRuleSchema })
  endSilence(@Param({ schema: silenceParams }) { portalId, silenceId }: Portal & { silenceId: string }) {
    return this.desk.endSilence(portalId, silenceId, currentAccess());
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import {
  type DisputeBody,
  disputeBody,
  disputeDecidedSchema,
  type DisputeDecisionBody,
  disputeDecisionBody,
  disputeListSchema,
  disputeParams,
  type DisputesQuery,
  disputesQuery,
} from './pay-disputes.schemas.js';
import { PayDisputesDesk } from './pay-disputes-desk.js';
import {
  payrollQuery,
  type PayrollQuery,
  payslipParams,
  payslipSchema,
  periodClosedSchema,
  periodListSchema,
  periodParams,
  periodSchema,
  plainPayQuery,
} from './pay-periods.schemas.js';
import { PayPeriodsDesk } from './pay-periods-desk.js';
import { PayrollDesk } from './payroll-desk.js';
import { type PayQuery, payQuery, paySchema } from './provisional-pay.schemas.js';
import {
  saleParams,
  saleSharedSchema,
  saleSharesSchema,
  type ShareSaleBody,
  shareSaleBody,
  sharesQuery,
} from './sale-shares.schemas.js';
import { SaleSharesDesk } from './sale-shares-desk.js';
import { ProvisionalPayDesk } from './provisional-pay-desk.js';

type Portal = { portalId: string };
type Period = Portal & { month: string };

@ApiTags('Pay')
@ApiProblems()
@Needs('pay.read')
@ReadsFrom('motivation')
@Controller('api/v1/portals/:portalId')
export class PayController {
  constructor(
    private readonly provisional: ProvisionalPayDesk,
    private readonly periods: PayPeriodsDesk,
    private readonly disputes: PayDisputesDesk,
    private readonly payrolls: PayrollDesk,
    private readonly shares: SaleSharesDesk,
  ) {}

  @Get('provisional-pay')
  @Audited('pay.read')
  @ApiOperation({
    operationId: 'showProvisionalPay',
    summary: 'What people earn in a month by all that is known now, and what more sales would bring; sellers their own',
  })
  @ApiOkResponse({ standardSchema: paySchema })
  pay(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: payQuery }) query: PayQuery) {
    return this.provisional.show(portalId, query);
  }

  @Get('pay-periods')
  @ApiOperation({ operationId: 'listPayPeriods', summary: 'Closed months' })
  @Needs('pay.manage')
  @ApiOkResponse({ standardSchema: periodListSchema })
  list(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: plainPayQuery }) _query: object) {
    return this.periods.list(portalId);
  }

  @Get('pay-periods/:month')
  @Audited('pay.read')
  @ApiOperation({
    operationId: 'showPayPeriod',
    summary: 'Payslips of a month: as issued, or as they would be and what stands in the way; sellers their own',
  })
  @ApiOkResponse({ standardSchema: periodSchema })
  show(@Param({ schema: periodParams }) { portalId, month }: Period, @Query({ schema: plainPayQuery }) _query: object) {
    return this.periods.show(portalId, month);
  }

  @Post('pay-periods/:month/closing')
  @HttpCode(200)
  @Needs('pay.manage')
  @Audited('pay.close')
  @ApiOperation({ operationId: 'closePayPeriod', summary: 'Closes a month: its payslips never change any more' })
  @ApiOkResponse({ standardSchema: periodClosedSchema })
  close(@Param({ schema: periodParams }) { portalId, month }: Period) {
    return this.periods.close(portalId, month, currentAccess());
  }

  @Get('pay-periods/:month/payroll')
  @Needs('pay.manage')
  @Audited('pay.export')
  @ApiOperation({ operationId: 'exportPayroll', summary: 'Payroll of a closed month as a workbook or CSV' })
  @ApiProduces('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async payroll(
    @Param({ schema: periodParams }) { portalId, month }: Period,
    @Query({ schema: payrollQuery }) query: PayrollQuery,
  ): Promise<StreamableFile> {
    const { bytes, type, name } = await this.payrolls.of(portalId, month, query);
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"` });
  }

  @Get('pay-periods/:month/payslips/:userId')
  @Audited('pay.read')
  @ApiOperation({ operationId: 'showPayslip', summary: 'An issued payslip, made again from the log, and its facts' })
  @ApiOkResponse({ standardSchema: payslipSchema })
  payslip(
    @Param({ schema: payslipParams }) { portalId, month, userId }: Period & { userId: string },
    @Query({ schema: plainPayQuery }) _query: object,
  ) {
    return this.periods.payslip(portalId, month, userId);
  }

  @Get('sale-shares')
  @Needs('pay.manage')
  @ApiOperation({ operationId: 'listSharedSales', summary: 'Sales whose money is shared between people' })
  @ApiOkResponse({ standardSchema: saleSharesSchema })
  listShares(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: sharesQuery }) _query: object) {
    return this.shares.list(portalId);
  }

  @Put('sale-shares/:recordId')
  @Needs('pay.manage')
  @Audited('sale.share')
  @ApiOperation({ operationId: 'shareSale', summary: 'Shares the money of a sold deal, or gives it back to its owner' })
  @ApiOkResponse({ standardSchema: saleSharedSchema })
  share(
    @Param({ schema: saleParams }) { portalId, recordId }: Portal & { recordId: string },
    @Body({ schema: shareSaleBody }) body: ShareSaleBody,
  ) {
    return this.shares.share(portalId, recordId, body, currentAccess());
  }

  @Get('pay-disputes')
  @ApiOperation({ operationId: 'listPayDisputes', summary: 'Objections to a month, and open ones to earlier months' })
  @ApiOkResponse({ standardSchema: disputeListSchema })
  listDisputes(
    @Param({ schema: portalParams }) { portalId }: Portal,
    @Query({ schema: disputesQuery }) { month }: DisputesQuery,
  ) {
    return this.disputes.list(portalId, month);
  }

  @Post('pay-disputes')
  @HttpCode(200)
  @Needs('pay.sign')
  @Audited('pay.dispute')
  @ApiOperation({ operationId: 'disputePay', summary: 'Objects to a line of one’s own pay, or to the month' })
  @ApiOkResponse({ standardSchema: disputeDecidedSchema })
  dispute(@Param({ schema: portalParams }) { portalId }: Portal, @Body({ schema: disputeBody }) body: DisputeBody) {
    return this.disputes.dispute(portalId, body);
  }

  @Delete('pay-disputes/:disputeId')
  @Needs('pay.sign')
  @Audited('pay.dispute.withdraw')
  @ApiOperation({ operationId: 'withdrawPayDispute', summary: 'Takes one’s own objection back until it is decided' })
  @ApiOkResponse({ standardSchema: disputeDecidedSchema })
  withdraw(@Param({ schema: disputeParams }) { portalId, disputeId }: Portal & { disputeId: string }) {
    return this.disputes.withdraw(portalId, disputeId);
  }

  @Post('pay-disputes/:disputeId/decision')
  @HttpCode(200)
  @Needs('pay.manage')
  @Audited('pay.dispute.decide')
  @ApiOperation({
    operationId: 'decidePayDispute',
    summary: 'Decides on an objection; not by whoever closed the month',
  })
  @ApiOkResponse({ standardSchema: disputeDecidedSchema })
  decide(
    @Param({ schema: disputeParams }) { portalId, disputeId }: Portal & { disputeId: string },
    @Body({ schema: disputeDecisionBody }) body: DisputeDecisionBody,
  ) {
    return this.disputes.settle(portalId, disputeId, body, currentAccess());
  }
}

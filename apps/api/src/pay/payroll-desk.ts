import { Rejection } from '@funnelwatch/kernel';
import { PayReader } from '@funnelwatch/motivation';
import { Injectable } from '@nestjs/common';
import { noteForAudit } from '../access/request-access.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { PayrollQuery } from './pay-periods.schemas.js';
import { type Payroll, payrollCsv, payrollXlsx } from './payroll-export.js';

/** Payroll of closed months as files. */
@Injectable()
export class PayrollDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly pay: PayReader,
    private readonly people: People,
  ) {}

  /** Throws `Rejection` PERIOD_OPEN: what may still change is no payroll. */
  async of(portalId: string, month: string, { format, language }: PayrollQuery) {
    const portal = await this.portals.get(portalId);
    noteForAudit({ object: month, details: { format } });
    const period = (await this.pay.periods(portal)).find((closed) => closed.month === month);
    if (!period) throw new Rejection('PERIOD_OPEN', 'Close the month first: until then its pay may change.');
    const [slips, names] = await Promise.all([
      this.pay.payslips(portal, { from: month, to: month }, null),
      this.people.names(portal),
    ]);
    const payroll: Payroll = {
      ...{ portalName: portal.name, month, closedAt: period.closedAt, asAt: period.asAt },
      slips: slips.map(({ content, hash }) => ({ ...content, hash, name: names.of(content.userId) })),
    };
    const name = `payroll-${month}.${format}`;
    if (format === 'csv')
      return { bytes: Buffer.from(payrollCsv(payroll, language), 'utf8'), type: 'text/csv; charset=utf-8', name };
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return { bytes: await payrollXlsx(payroll, language), type, name };
  }
}

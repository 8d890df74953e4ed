import { Rejection } from '@funnelwatch/kernel';
import { type MotivationScheme, SchemeReader, schemeSchema } from '@funnelwatch/motivation';
import { PlanReader } from '@funnelwatch/plan';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Injectable } from '@nestjs/common';
import type { PlanBody } from '../plans/plans.schemas.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { PlanImportBody, PlanImportView, SchemeImportBody, SchemeImportView } from './imports.schemas.js';
import { cellsOfPlan, changesOfPlan, planOfCells } from './plan-sheet.js';
import { cellsOfScheme, changesOfScheme, schemeOfCells } from './scheme-sheet.js';

type PlanContent = PlanBody['content'];
interface WrittenScheme {
  scheme: MotivationScheme;
  sellerIds: readonly string[];
}

/** Plans and schemes as sheets: read with everything that is wrong and what they would change; nothing is applied. */
@Injectable()
export class ImportsDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly schemes: SchemeReader,
    private readonly plans: PlanReader,
  ) {}

  /** Throws `Rejection` SCHEME_UNKNOWN for what it is to be compared with. */
  async scheme(portalId: string, { cells, schemeId }: SchemeImportBody): Promise<SchemeImportView> {
    const portal = await this.portals.get(portalId);
    const before = schemeId === null ? null : await this.writtenScheme(portal, schemeId);
    const { scheme, sellerIds, errors } = schemeOfCells(cells, await this.indicators(portal));
    return { scheme, sellerIds, errors, changes: scheme ? changesOfScheme(before, { scheme, sellerIds }) : [] };
  }

  /** Throws `Rejection` PLAN_UNKNOWN for what it is to be compared with. */
  async plan(portalId: string, { cells, planId }: PlanImportBody): Promise<PlanImportView> {
    const portal = await this.portals.get(portalId);
    const before = planId === null ? null : await this.writtenPlan(portal, planId);
    const { content, errors } = planOfCells(cells, await this.indicators(portal));
    return { content, errors, changes: content ? changesOfPlan(before, content) : [] };
  }

  /** A sheet to fill in, or a scheme as one. Throws `Rejection` SCHEME_UNKNOWN. */
  async schemeSheet(portalId: string, schemeId: string | undefined) {
    const portal = await this.portals.get(portalId);
    return { cells: cellsOfScheme(schemeId === undefined ? example : await this.writtenScheme(portal, schemeId)) };
  }

  /** A sheet to fill in, or a plan as one. Throws `Rejection` PLAN_UNKNOWN. */
  async planSheet(portalId: string, planId: string | undefined) {
    const portal = await this.portals.get(portalId);
    return { cells: cellsOfPlan(planId === undefined ? examplePlan : await this.writtenPlan(portal, planId)) };
  }

  private async indicators(portal: RegisteredPortal): Promise<ReadonlySet<string>> {
    return new Set((await this.plans.indicators(portal)).map(({ indicatorId }) => indicatorId));
  }

  private async writtenScheme(portal: RegisteredPortal, schemeId: string): Promise<WrittenScheme> {
    const content = (await this.schemes.scheme(portal, schemeId))?.versions.at(-1)?.content;
    if (!content) throw new Rejection('SCHEME_UNKNOWN', 'There is no such scheme.');
    return content;
  }

  private async writtenPlan(portal: RegisteredPortal, planId: string): Promise<PlanContent> {
    const content = (await this.plans.plan(portal, planId))?.versions.at(-1)?.content;
    if (!content) throw new Rejection('PLAN_UNKNOWN', 'There is no such plan.');
    return content as PlanContent;
  }
}

/** What an empty sheet shows, so that every label stands there once. */
const example: WrittenScheme = {
  scheme: schemeSchema.parse({
    name: 'Схема',
    currency: 'RUB',
    salary: {
      amount: '20000.00',
      points: {
        ...{ target: 890, shape: 'steps', indicators: [{ indicator: 'meetings', weight: 5 }] },
        table: [
          { from: '0', part: '0.5' },
          { from: '1', part: '1' },
        ],
      },
    },
    commission: {
      ...{ counted: 'won', quota: 'plan', mode: 'marginal' },
      tiers: [
        { from: '0', rate: '0.1' },
        { from: '1', rate: '0.15' },
      ],
    },
  }),
  sellerIds: [],
};
const examplePlan: PlanContent = {
  ...{ name: 'План', targetKopecks: '80000000', averageSaleKopecks: '4000000', statedSales: 20 },
  ...{ marginKopecks: null, breakEven: null, rounding: 'final', split: 'up', sellers: [{ userId: '1', weight: 1 }] },
  steps: [{ indicatorId: 'meetings', entered: 100, converted: 20 }],
  base: { method: 'given', from: null, to: null, horizonDays: null, pooling: 'pooled' },
};

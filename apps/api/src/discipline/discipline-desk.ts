import { Injectable } from '@nestjs/common';
import { DisciplineReader, QueueReader, rateOf, type ViolationRate } from '@funnelwatch/curation';
import { dayPeriod } from '@funnelwatch/funnel';
import { type Access, ownUsersOnly } from '../access/request-access.js';
import { People } from '../people/people.js';
import { ruleOfPortal } from '../cases/rule-of-portal.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { ControlOfCases } from '../quality/control-of-cases.js';
import { LabelReader } from '../records/label-reader.js';
import type { DisciplineQuery, DisciplineView } from './discipline.schemas.js';

/** How well the standard is kept. */
@Injectable()
export class DisciplineDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly reader: DisciplineReader,
    private readonly queue: QueueReader,
    private readonly people: People,
    private readonly labels: LabelReader,
    private readonly control: ControlOfCases,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN, FUNNEL_PERIOD_INVALID. */
  async show(
    portalId: string,
    { from, to, ruleId, person: wanted }: DisciplineQuery,
    access: Access,
  ): Promise<DisciplineView> {
    const portal = await this.portals.get(portalId);
    const period = { ...dayPeriod(portal.zone, from, to), zone: portal.zone };
    const own = ownUsersOnly();
    const people = wanted === undefined ? (own ?? undefined) : [wanted].filter((one) => own?.includes(one) ?? true);
    const [all, repeats, sla, stages, names, labels, { settings }] = await Promise.all([
      this.control.hiddenFrom(portal, access).then((hidden) => this.reader.violations(portal, period, hidden)),
      this.reader.repeats(portal, period, { ruleId, people }),
      this.reader.sla(portal, period, { ruleId, people }),
      this.reader.yields(portal, period, { people }),
      this.people.names(portal),
      this.labels.of(portal),
      this.queue.settings(portal),
    ]);
    const cells = all.filter(
      (cell) => (people?.includes(cell.person) ?? true) && (ruleId === undefined || cell.ruleId === ruleId),
    );
    const person = (userId: string) => (userId === '' ? null : { userId, name: names.of(userId) });
    return {
      from,
      to,
      byRule: summed(cells, ({ ruleId }) => ruleId).map(([key, sum]) => ({
        ruleId: key,
        title: ruleOfPortal(settings, key)?.title ?? null,
        ...sum,
      })),
      byPerson: summed(cells, (cell) => cell.person).map(([userId, sum]) => ({ person: person(userId), ...sum })),
      byWeek: summed(cells, ({ week }) => week).map(([week, sum]) => ({ week, ...sum })),
      cells: cells.map(({ person: userId, ...cell }) => ({ ...cell, person: person(userId) })),
      repeats: { ...repeats, rate: rateOf(repeats.repeated, repeats.answered) },
      sla: sla.map((share) => ({ ...share, rate: rateOf(share.inTime, share.verdicts) })),
      stages: stages.map((stage) => ({
        ...stage,
        pipelineName: labels.pipeline(stage.pipelineId),
        stageName: labels.stage(stage.pipelineId, stage.stageId),
        rate: rateOf(stage.clean, stage.left),
      })),
    };
  }
}

type Sum = { violations: number; checks: number; rate: ReturnType<typeof rateOf> };

function summed(cells: readonly ViolationRate[], keyOf: (cell: ViolationRate) => string): [string, Sum][] {
  const sums = new Map<string, { violations: number; checks: number }>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const sum = sums.get(key) ?? { violations: 0, checks: 0 };
    sum.violations += cell.violations;
    sum.checks += cell.checks;
    sums.set(key, sum);
  }
  return [...sums]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, sum]) => [key, { ...sum, rate: rateOf(sum.violations, sum.checks) }]);
}

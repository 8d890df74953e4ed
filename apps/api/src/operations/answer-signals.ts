import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Clock } from '@funnelwatch/kernel';
import { type Signal, signalNames, signals, standingOf } from '@funnelwatch/reporting-contracts';
import pg from 'pg';
import { wallClock } from '../composition.tokens.js';
import { ListSignalsQuery } from './operations.dispatch.js';
import { type SignalList, type SignalView, standings } from './signals.schemas.js';

interface SignalRow {
  signal: Signal;
  portalId: string | null;
  portalName: string | null;
  subject: string;
  value: number;
}

@QueryHandler(ListSignalsQuery)
export class AnswerSignals implements IQueryHandler<ListSignalsQuery> {
  constructor(
    private readonly pool: pg.Pool,
    @Inject(wallClock) private readonly clock: Clock,
  ) {}

  /** Rows of portals are those of the scope of whoever asks. */
  async execute({ filters }: ListSignalsQuery): Promise<SignalList> {
    const { rows } = await this.pool.query<SignalRow>({
      name: 'api.signals',
      // A newer database may have signals whose bounds are not known here.
      text: `SELECT signal.signal, signal.portal_id AS "portalId", portal.name AS "portalName", signal.subject, signal.value
               FROM read.ops_signal signal LEFT JOIN registry.portal portal USING (portal_id)
              WHERE signal.signal = ANY ($1)`,
      values: [signalNames],
    });
    const views = rows.map(viewOf);
    const counts = { critical: 0, warning: 0, well: 0 };
    for (const { standing } of views) counts[standing] += 1;
    const most = standings.indexOf(filters.least);
    return {
      at: this.clock.now().toISOString(),
      counts,
      items: views.filter(({ standing }) => standings.indexOf(standing) <= most).sort(byGravity),
    };
  }
}

function viewOf(row: SignalRow): SignalView {
  return { ...row, ...signals[row.signal], standing: standingOf(row.signal, row.value) };
}

function byGravity(one: SignalView, other: SignalView): number {
  return (
    standings.indexOf(one.standing) - standings.indexOf(other.standing) ||
    signalNames.indexOf(one.signal) - signalNames.indexOf(other.signal) ||
    (one.portalName ?? '').localeCompare(other.portalName ?? '', 'ru') ||
    (one.portalId ?? '').localeCompare(other.portalId ?? '') ||
    one.subject.localeCompare(other.subject, 'en', { numeric: true })
  );
}

import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Clock } from '@funnelwatch/kernel';
import pg from 'pg';
import { wallClock } from '../composition.tokens.js';
import type { CaptureList, PortalCapture } from './capture.schemas.js';
import { ListCaptureQuery } from './operations.dispatch.js';

@QueryHandler(ListCaptureQuery)
export class AnswerCapture implements IQueryHandler<ListCaptureQuery> {
  constructor(
    private readonly pool: pg.Pool,
    @Inject(wallClock) private readonly clock: Clock,
  ) {}

  /** Portals are those of the scope of whoever asks. */
  async execute(): Promise<CaptureList> {
    const { rows } = await this.pool.query<PortalCapture>({ name: 'api.capture', text: statement });
    return { at: this.clock.now().toISOString(), items: rows };
  }
}

const iso = (instant: string): string => `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ageSince = (instant: string, age: string): string => `CASE WHEN ${instant} IS NOT NULL THEN ${age} END`;

/** The one row of a query as an object; null where it has none. */
const object = (query: string): string => `(SELECT to_json(told) FROM (${query}) told)`;

const certificate = `
  SELECT ${iso('known.certified_at')} AS at, capture.certificate_age_seconds AS "ageSeconds", known.day, known.scope,
         known.expected, known.held, known.unexplained
    FROM read.ops_certificate known
   WHERE known.portal_id = capture.portal_id AND known.certified_at = capture.certificate_at`;

const budget = `
  SELECT used.profile, used.level, used.capacity, used.in_flight AS "inFlight", used.waiting, used.sent, used.refused,
         used.busiest_method AS "busiestMethod", used.busiest_seconds AS "busiestSeconds",
         used.paused_methods AS "pausedMethods", ${iso('used.noted_at')} AS "notedAt"
    FROM read.ops_budget used WHERE used.portal_id = capture.portal_id`;

const queue = `
  SELECT waiting.open, waiting.overdue, waiting.near_due AS "nearDue", waiting.disputed,
         waiting.oldest_overdue_seconds AS "oldestOverdueSeconds"
    FROM read.ops_queue waiting WHERE waiting.portal_id = capture.portal_id`;

const messages = (...states: string[]): string =>
  `coalesce(sum(messages) FILTER (WHERE state IN (${states.map((state) => `'${state}'`).join(', ')})), 0)`;

const outbox = `
  SELECT ${messages('waiting', 'sending')} AS due, ${messages('held')} AS held,
         ${messages('refused', 'failed')} AS undelivered, max(overdue_seconds) AS "overdueSeconds"
    FROM read.ops_outbox pending WHERE pending.portal_id = capture.portal_id HAVING count(*) > 0`;

const statement = `
  SELECT capture.portal_id AS "portalId", portal.name AS "portalName", portal.zone, capture.status,
         capture.connection_state AS "connectionState", capture.connection_code AS "connectionCode", capture.phase,
         ${iso('capture.last_tick_at')} AS "lastPollAt", ${ageSince('capture.last_tick_at', 'capture.poll_age_seconds')} AS "pollAgeSeconds",
         ${iso('capture.data_through')} AS "dataThrough", ${ageSince('capture.data_through', 'capture.data_age_seconds')} AS "dataAgeSeconds",
         capture.heard_age_seconds AS "heardAgeSeconds", capture.visibility_lost AS "visibilityLost",
         capture.rules_frozen_code AS "rulesFrozenCode", ${object(certificate)} AS certificate,
         ${object(budget)} AS budget, ${object(queue)} AS queue, ${object(outbox)} AS outbox
    FROM read.ops_capture capture JOIN registry.portal portal USING (portal_id)
   ORDER BY portal.name, capture.portal_id`;

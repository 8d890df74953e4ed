import { randomUUID } from 'node:crypto';
import { eventIdOf } from '@funnelwatch/event-log';
import type { JsonObject } from '@funnelwatch/kernel';
import { opened } from '../cases/case.spec-fixture.js';
import { type CaseEvent, type CaseOpenedData, caseStream } from '../cases/case-events.js';
import type { CaseCommand } from '../cases/decide-case.js';
import { type Draw, handleCase } from '../cases/handle-case.js';
import type { Reviewer } from '../cases/reviewer.js';
import { JudgedWorld } from '../judged-portal.spec-fixture.js';

/** A portal whose cases are opened by a spec and handled for real, at instants the spec says. */
export class CuratedWorld extends JudgedWorld {
  /** Opens a case, due four hours after it began. */
  async opens(startAt: string, told: Partial<CaseOpenedData> = {}): Promise<string> {
    const caseId = randomUUID();
    const dueAt = new Date(Date.parse(startAt) + 4 * 3_600_000).toISOString();
    const event = opened({ caseId, startAt, opensAt: startAt, dueAt, ...told });
    await this.happens(caseId, startAt, event);
    return caseId;
  }

  async happens(caseId: string, at: string, event: CaseEvent): Promise<void> {
    const streamId = caseStream(caseId);
    await this.log.append(this.portal, [
      {
        streamId,
        expected: 'any',
        events: [
          {
            eventId: eventIdOf(at, `${caseId} ${randomUUID()}`),
            streamId,
            type: event.type,
            schemaVersion: 1,
            occurredAt: at,
            actor: 'system',
            provenance: 'observed',
            data: { caseId, ...event.data } as unknown as JsonObject,
          },
        ],
      },
    ]);
  }

  async handles(caseId: string, at: string, command: CaseCommand, who: Reviewer, draw?: Draw): Promise<void> {
    const parts = { log: this.log, clock: { now: () => new Date(at) } };
    await handleCase(parts, this.portal, caseId, command, who, draw);
  }
}

import { Injectable } from '@nestjs/common';
import { Accounts, Audit, type RecordedEntry } from '@funnelwatch/identity';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/cursor.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { AuditExportQuery, AuditPage, AuditQuery } from './audit.schemas.js';
import { csvLine } from './csv.js';

const exportPage = 1000;

/** The record of sign-ins, changes and reads of personal data, as people see it. */
@Injectable()
export class AuditDesk {
  constructor(
    private readonly audit: Audit,
    private readonly accounts: Accounts,
    private readonly portals: PortalDirectory,
  ) {}

  async page(portalId: string | null, { limit, cursor, ...filters }: AuditQuery): Promise<AuditPage> {
    const list = { list: 'audit', portalId, ...filters };
    const beforeId = cursor === undefined ? undefined : decodeCursor(list, cursor, z.number().int());
    const entries = await this.audit.page(filtersOf(portalId, filters), {
      limit: limit + 1,
      ...(beforeId !== undefined && { beforeId }),
    });
    const page = entries.slice(0, limit);
    const last = page.at(-1);
    return {
      items: await this.named(page),
      nextCursor: entries.length > limit && last ? encodeCursor(list, last.auditId) : null,
    };
  }

  /** Every entry as lines of CSV, newest first. */
  async *lines(portalId: string | null, filters: AuditExportQuery): AsyncGenerator<string> {
    yield csvLine([
      'id',
      'at',
      'actor',
      'account',
      'name',
      'action',
      'portal',
      'object',
      'address',
      'result',
      'details',
    ]);
    let beforeId: number | undefined;
    for (;;) {
      const entries = await this.audit.page(filtersOf(portalId, filters), {
        limit: exportPage,
        ...(beforeId !== undefined && { beforeId }),
      });
      for (const entry of await this.named(entries)) {
        const { auditId, at, actor, accountId, accountName, action, portalName, object, address, result } = entry;
        const details = Object.entries(entry.details).map(([name, value]) => `${name}=${value}`);
        yield csvLine([
          ...[String(auditId), at, actor, accountId, accountName, action, portalName ?? entry.portalId],
          ...[object, address, result, details.join(' ')],
        ]);
      }
      beforeId = entries.at(-1)?.auditId;
      if (entries.length < exportPage) return;
    }
  }

  private async named(entries: RecordedEntry[]): Promise<AuditPage['items']> {
    const people = await this.accounts.names(entries.flatMap(({ accountId }) => accountId ?? []));
    const portals = new Map((await this.portals.list()).map(({ portalId, name }) => [portalId, name]));
    return entries.map(({ at, accountId, portalId, ...entry }) => ({
      ...entry,
      at: at.toISOString(),
      accountId,
      accountName: accountId === null ? null : (people.get(accountId) ?? null),
      portalId,
      portalName: portalId === null ? null : (portals.get(portalId) ?? null),
    }));
  }
}

function filtersOf(portalId: string | null, { from, to, ...filters }: AuditExportQuery) {
  return {
    ...filters,
    portalId,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}

import { expect, test } from '@jest/globals';
import { generate } from '../generate.js';
import type { PortalOperation } from '../script.js';
import { scriptUntil } from '../script-until.js';
import { truthOf } from '../truth/truth-keeper.js';
import { tinyCompany } from './tiny-company.js';

const seeds = Array.from({ length: 40 }, (_, seed) => seed);

test('tiny companies are well formed: what an operation names exists at that moment', () => {
  for (const seed of seeds) {
    const company = generate(tinyCompany(seed));
    const present = new Set<string>();
    const imported = new Set<string>();
    let deals = 0;
    for (const operation of scriptUntil(company, company.parameters.endAt)) {
      check(operation, present, imported);
      if (operation.op === 'add' && operation.entity === 'deal') deals += 1;
    }
    expect(deals).toBeGreaterThan(8);
    expect(deals).toBeLessThanOrEqual(60);
  }
});

function check(operation: PortalOperation, present: Set<string>, imported: Set<string>): void {
  const key = operation.op === 'set-product-rows' ? `deal:${operation.ownerId}` : `${operation.entity}:${operation.id}`;
  if (operation.op === 'add') {
    checkLinks(operation, present);
    if (present.has(key)) throw new Error(`${key} is added twice`);
    present.add(key);
    if (operation.by === 'import') imported.add(key);
    return;
  }
  if (!present.has(key)) throw new Error(`${key} is named by ${operation.op} and does not exist`);
  if (imported.has(key)) throw new Error(`${key} was imported and is touched again`);
  if (operation.op === 'delete') present.delete(key);
  if (operation.op === 'merge') {
    for (const loser of operation.losers) expect(present.delete(`${operation.entity}:${loser}`)).toBe(true);
  }
}

function checkLinks(operation: Extract<PortalOperation, { op: 'add' }>, present: Set<string>): void {
  const { entity, fields } = operation;
  const links: [kind: string, id: unknown][] = [
    ['contact', fields['CONTACT_ID'] ?? fields['contactId']],
    ['company', fields['COMPANY_ID'] ?? fields['companyId']],
    ['lead', fields['LEAD_ID']],
    ['deal', fields['parentId2']],
  ];
  if (entity === 'activity') links.push([fields['OWNER_TYPE_ID'] === '1' ? 'lead' : 'deal', fields['OWNER_ID']]);
  if (entity === 'call') links.push(['activity', fields['CRM_ACTIVITY_ID']]);
  for (const [kind, id] of links) {
    if (typeof id !== 'string' && typeof id !== 'number') continue;
    if (!present.has(`${kind}:${id}`))
      throw new Error(`${entity} ${operation.id} names ${kind} ${id}, which is absent`);
  }
}

test('every awkward case turns up within a few seeds', () => {
  const seen = { skipped: 0, rollbacks: 0, reopened: 0, left: 0, deleted: 0, merged: 0, otherCurrency: 0, unknown: 0 };
  const also = { sameSecond: 0, createdWon: 0, createdInMiddle: 0, robots: 0, renamed: 0, removed: 0 };
  for (const seed of seeds.slice(0, 15)) {
    const company = generate(tinyCompany(seed));
    const { endAt, zone } = company.parameters;
    const truth = truthOf(scriptUntil(company, endAt), { asOf: new Date(endAt), zone, horizonsDays: [null] });
    for (const pipeline of Object.values(truth.pipelines)) {
      seen.deleted += pipeline.deletedCount;
      seen.merged += pipeline.mergedCount;
      if (pipeline.sellers['unknown']) seen.unknown += 1;
      for (const flow of Object.values(pipeline.sellers['all']?.flow ?? {})) {
        seen.rollbacks += flow.rollbacks;
        seen.reopened += flow.reopened;
        seen.left += flow.left;
        seen.otherCurrency += Object.keys(flow.wonOtherKopecks).length;
      }
      for (const rows of Object.values(pipeline.sellers['all']?.transitions ?? {})) {
        seen.skipped += rows['NEW']?.['PREPAYMENT_INVOICE'] ?? 0;
      }
    }
    const lastMoves = new Map<string, number>();
    for (const operation of company.history) note(operation, also, lastMoves);
  }
  for (const [name, count] of Object.entries({ ...seen, ...also })) {
    if (count === 0) throw new Error(`no tiny company shows: ${name}`);
  }
});

function note(operation: PortalOperation, also: Record<string, number>, lastMoves: Map<string, number>): void {
  const count = (name: string, happened: boolean) => {
    if (happened) also[name] = (also[name] ?? 0) + 1;
  };
  if (operation.op === 'delete' && operation.entity === 'status') count('removed', true);
  if (operation.op === 'update' && operation.entity === 'status') count('renamed', 'NAME' in operation.fields);
  if ((operation.op !== 'add' && operation.op !== 'update') || operation.entity !== 'deal') return;
  const stageId = typeof operation.fields['STAGE_ID'] === 'string' ? operation.fields['STAGE_ID'] : '';
  if (operation.op === 'add' && operation.by !== 'import') {
    count('createdWon', /WON$/.test(stageId));
    count('createdInMiddle', /PREPA|EXECUTING/.test(stageId));
  }
  if (stageId === '' || operation.op === 'add') return;
  count('robots', operation.by === 'robot');
  count('sameSecond', lastMoves.get(operation.id) === operation.at);
  lastMoves.set(operation.id, operation.at);
}

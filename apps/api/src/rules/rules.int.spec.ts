import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decideDiscipline, type DisciplineEvent } from '@funnelwatch/curation';
import { systemClock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { randomUUID } from 'node:crypto';
import { openCase } from '../cases/opened-case.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { packDiffSchema, previewSchema, ruleDetailSchema } from './own-rules.schemas.js';
import { ruleListSchema } from './rules.schemas.js';

let api: RunningApi;
let portal: RegisteredPortal;
let root: string;

beforeAll(async () => {
  api = await startApi({ withCases: true });
});
afterAll(() => api.stop());

/** A portal of a spec's own. */
async function newPortal(): Promise<void> {
  portal = await api.portal(`https://${randomUUID()}.bitrix24.ru/rest/1/abcdefgh12345678/`);
  root = `/api/v1/portals/${portal.portalId}`;
}

async function send(method: string, path: string, body?: object) {
  const answer = await ask(api, `${root}/${path}`, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  await api.projected(portal);
  return answer;
}

const words = { ru: 'слова', en: 'words' };
const draft = (when: string, more: object = {}) => ({
  ...{ id: 'OWN1', kind: 'state', on: ['deal'], severity: 'S2', feedbackTo: ['owner'], feeds: ['deals'] },
  ...{ title: words, clause: words, feedback: words, when },
  ...more,
});
const detail = async (ruleId: string) => ruleDetailSchema.parse((await ask(api, `${root}/rules/${ruleId}`)).body);
const decide = async (...events: DisciplineEvent[]) => {
  await decideDiscipline(api.log, systemClock, portal, events, randomUUID());
  await api.projected(portal);
};

describe('a rule of the portal’s own', () => {
  beforeAll(newPortal);

  test('is switched on as it was written a moment ago, whatever readers see by then', async () => {
    const json = { 'content-type': 'application/json' };
    const put = (path: string, body: object) =>
      ask(api, `${root}/rules/OWN9${path}`, { method: 'PUT', headers: json, body: JSON.stringify(body) });
    for (const when of ['record.is_open', 'record.is_won']) {
      expect((await put('', { rule: draft(when, { id: 'OWN9' }) })).status).toBe(200);
      expect((await put('/status', { status: 'shadow' })).status).toBe(200);
    }
    await api.projected(portal);
    expect(await detail('OWN9')).toMatchObject({ rule: { status: 'shadow', version: 2, when: 'record.is_won' } });
    await send('DELETE', 'rules/OWN9');
  });

  test('is a draft until it is switched on, and the next version is one beside it', async () => {
    expect(await send('PUT', 'rules/OWN1', { rule: draft('record.is_open') })).toMatchObject({
      status: 200,
      body: { version: 1, isChanged: true },
    });
    expect(await detail('OWN1')).toMatchObject({ rule: { status: 'draft', isOwn: true, hasDraft: true } });
    expect((await send('PUT', 'rules/OWN1/status', { status: 'active' })).status).toBe(200);
    expect(await detail('OWN1')).toMatchObject({
      rule: { status: 'active', version: 1, hasDraft: false, when: 'record.is_open' },
      draft: null,
    });
    await send('PUT', 'rules/OWN1', { rule: draft('record.is_won') });
    expect(await detail('OWN1')).toMatchObject({
      rule: { status: 'active', version: 1, when: 'record.is_open', hasDraft: true },
      draft: { version: 2, when: 'record.is_won' },
    });
    expect((await send('DELETE', 'rules/OWN1/draft')).status).toBe(200);
    expect((await send('DELETE', 'rules/OWN1/draft')).body).toMatchObject({ code: 'RULE_NO_DRAFT' });
    expect(await detail('OWN1')).toMatchObject({ draft: null });
    await send('DELETE', 'rules/OWN1');
    expect((await ask(api, `${root}/rules/OWN1`)).body).toMatchObject({ code: 'RULE_UNKNOWN' });
  });

  test('has its own words on the card of a case', async () => {
    const clause = { ru: 'Всегда открыта.', en: 'Always open.' };
    await send('PUT', 'rules/OWN2', { rule: draft('record.is_open', { id: 'OWN2', clause }) });
    await send('PUT', 'rules/OWN2/status', { status: 'active' });
    const caseId = await openCase(api.log, portal, { ruleId: 'OWN2' });
    await api.projected(portal);
    expect((await ask(api, `${root}/cases/${caseId}`)).body).toMatchObject({ rule: { clause } });
  });

  test('one of the pack is not removed', async () => {
    expect((await send('DELETE', 'rules/L01')).body).toMatchObject({ code: 'RULE_NOT_OWN', status: 409 });
  });
});

describe('what cannot be used is refused with its place, and nothing is saved', () => {
  beforeAll(newPortal);

  test('line, column and what may have been meant', async () => {
    const { status, body } = await send('PUT', 'rules/OWN1', {
      rule: draft('record.is_open\n  && record.touchs > 1.0', { evidence: ['ownr'] }),
    });
    expect(status).toBe(422);
    expect(body).toMatchObject({ code: 'RULE_INVALID' });
    expect(body['faults']).toEqual(
      expect.arrayContaining([
        { path: 'when', message: 'There is no field "touchs".', line: 2, column: 13, suggestions: ['touches'] },
        { path: 'evidence.0', message: 'There is no field "ownr".', suggestions: ['owner'] },
      ]),
    );
    expect(body['detail']).toContain('when, line 2, column 13');
    expect((await ask(api, `${root}/rules/OWN1`)).status).toBe(404);
  });

  const many = (count: number, one: string, between: string) => Array.from({ length: count }, () => one).join(between);
  const list = 'record.products';
  test.each([
    ['a regular expression that can run for ever', '"aaaa!".matches("(a+)+$")'],
    ['a text that doubles', 'cel.bind(a, "xx", a + a) == ""'],
    ['loops in loops in loops', `${list}.exists(a, ${list}.exists(b, ${list}.exists(c, a == b && b == c)))`],
    ['too many terms', many(300, 'true', '&&')],
    ['too deep', `${'('.repeat(60)}true${')'.repeat(60)}`],
    ['too long a text', `record.id == "${'x'.repeat(3_000)}"`],
    ['a condition that gives no answer', 'record.amount'],
  ])('%s', async (_what, when) => {
    const before = performance.now();
    const { status, body } = await send('PUT', 'rules/OWN1', { rule: draft(when) });
    expect(performance.now() - before).toBeLessThan(2_000);
    expect({ status, code: body['code'] }).toEqual({ status: 422, code: 'RULE_INVALID' });
    expect((await send('POST', 'rule-checks', { rule: draft(when) })).body['faults']).toEqual(body['faults']);
    expect((await send('POST', 'rules/OWN1/backtests', { rule: draft(when) })).status).toBe(422);
    expect((await send('POST', 'pack-previews', { rules: [draft(when)] })).status).toBe(422);
  });

  test.each([
    ['another name than it is addressed by', draft('true', { id: 'OWN9' })],
    ['a prototype for parameters', draft('true', { parameters: { __proto__x: 1 } })],
    ['a field that rules do not have', draft('true', { surprise: true })],
    ['nothing', {}],
  ])('%s', async (_what, rule) => {
    expect((await send('PUT', 'rules/OWN1', { rule })).body).toMatchObject({ code: 'RULE_INVALID' });
  });
});

describe('the pack', () => {
  beforeAll(newPortal);

  test('what the portal has differently is told field by field, with the layer that says so', async () => {
    await send('PUT', 'rules/L01/parameters', { parameters: { minutes: 15 } });
    await send('PUT', 'rules/L01/status', { status: 'active' });
    await send('PUT', 'rules/OWN1', { rule: draft('record.is_open') });
    await send('PUT', 'rules/OWN1/status', { status: 'shadow' });
    const { layers, diff } = packDiffSchema.parse((await ask(api, `${root}/pack-diff`)).body);
    expect(layers.map(({ id }) => id)).toEqual(['base', 'portal']);
    expect(diff).toEqual({
      added: ['OWN1'],
      removed: [],
      changed: [{ ruleId: 'L01', fields: [{ path: 'parameters.minutes', before: 30, after: 15 }] }],
    });
    expect((await detail('L01')).origins).toMatchObject({ 'parameters.minutes': 'portal', severity: 'base' });
  });

  test('an upgrade is shown before it happens, and rules that would find otherwise are tried on the past', async () => {
    const { definition } = await detail('L01');
    const layers = [
      {
        id: 'wholesale',
        version: 1,
        rules: { L03: { grace: { amount: 2, unit: 'h' } }, L04: { title: { en: 'Late' } } },
      },
    ];
    const changed = { ...definition, version: 2, when: 'record.is_open && record.touches == 0' };
    const { status, body } = await send('POST', 'pack-previews', { rules: [changed], layers });
    expect(status).toBe(201);
    const preview = previewSchema.parse(body);
    expect(preview.diff.changed.map(({ ruleId }) => ruleId)).toEqual(['L01', 'L03', 'L04']);
    // L03 is a starter rule; the words of L04 find nothing else.
    expect(preview.backtests.map(({ ruleId, state }) => `${ruleId} ${state}`)).toEqual(['L01 waiting', 'L03 waiting']);
    expect(preview.layers.map(({ id }) => id)).toEqual(['base', 'wholesale', 'portal']);
    expect((await ask(api, `${root}/backtests`)).body['items']).toHaveLength(2);
    // Nothing was decided by it.
    expect(await detail('L01')).toMatchObject({ definition });
  });

  test('a layer that speaks of what is not there is refused', async () => {
    const layer = (rules: object) => send('POST', 'pack-previews', { layers: [{ id: 'x', version: 1, rules }] });
    expect((await layer({ X99: { isOn: true } })).body).toMatchObject({ code: 'PACK_RULE_UNKNOWN', status: 422 });
    expect((await layer({ L01: { parameters: { hours: 1 } } })).body).toMatchObject({ code: 'PACK_PARAMETER_UNKNOWN' });
  });
});

test('a rule that names what the portal no longer has says so in the list and by itself', async () => {
  await newPortal();
  const at = '2026-04-02T08:00:00.000Z';
  const on = { ruleId: 'D16', status: 'active', from: '2026-04-01T08:00:00.000Z', by: 'x', reason: 'by-hand' } as const;
  const missing = [{ part: 'stage' as const, id: 'PAUSE', kinds: ['deal'] }];
  await decide({ type: 'RuleStatusSet', data: on }, { type: 'RuleBroken', data: { ruleId: 'D16', missing, at } });
  const { items } = ruleListSchema.parse((await ask(api, `${root}/rules`)).body);
  const expected = { status: 'broken', reason: 'missing', outage: { missing, at, statusBefore: 'active' } };
  expect(items.find(({ ruleId }) => ruleId === 'D16')).toMatchObject(expected);
  expect((await detail('D16')).rule).toMatchObject(expected);
  await decide({ type: 'RuleMended', data: { ruleId: 'D16', at } });
  expect((await detail('D16')).rule).toMatchObject({ status: 'active', reason: 'by-hand', outage: null });
});

import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isInstallationPermission, policy, type Role, roles } from '@funnelwatch/identity-contracts';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { StaffRole } from '../identity/staff.spec-fixture.js';
import { type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { type Operation, operationsOfTheDocument, pathAt, type Place, routeCases } from './route-cases.spec-fixture.js';
import { StaffedPortals } from './staffed-portal.spec-fixture.js';

/** Every route of the document × everybody there is: what the policy table allows works, everything else is refused. */

let api: RunningApi;
let portals: StaffedPortals;
let company: RegisteredPortal;

beforeAll(async () => {
  api = await startApi({ withCases: true });
  portals = new StaffedPortals(api);
  company = await portals.company('romashka.bitrix24.ru');
  api.demo.portalId = company.portalId;
});
afterAll(async () => {
  await portals.close();
  await api.stop();
});

interface Actor {
  name: string;
  role: Role | null;
  isForInstallation: boolean;
}

const actors: Actor[] = [
  { name: 'nobody', role: null, isForInstallation: false },
  ...roles.map((role) => ({ name: `${role} of the portal`, role, isForInstallation: false })),
  { name: 'integrator', role: 'integrator', isForInstallation: true },
  { name: 'operations', role: 'operations', isForInstallation: true },
];

function isAllowed({ need }: Operation, { role, isForInstallation }: Actor): boolean {
  if (need === 'public') return true;
  if (role === null) return false;
  if (need === 'signed-in') return true;
  return policy[role][need] !== undefined && (isForInstallation || !isInstallationPermission(need));
}

async function tryAs(operation: Operation, actor: Actor): Promise<{ status: number; code: unknown }> {
  const { isOnce, isPersonal, request } = routeCases[operation.name] ?? {};
  const portal = isOnce && operation.path.includes('{portalId}') ? await portals.empty() : company;
  const at: Place = await portals.place(portal.portalId, actor.role === 'seller' ? '4' : 'all');
  const held: StaffRole[] =
    actor.role === null
      ? []
      : [
          actor.isForInstallation
            ? { role: actor.role, portalId: null }
            : { role: actor.role, portalId: portal.portalId, ...(actor.role === 'seller' && { portalUserId: '4' }) },
        ];
  const person = actor.role === null ? null : await portals.person(held);
  if (person && operation.path.includes('{sessionId}')) at.sessionId = await portals.sessionOf(person.accountId);
  if (person && operation.path.includes('{viewId}')) {
    at.viewId = await portals.savedView(portal.portalId, person.accountId);
  }
  if (operation.path.includes('{messageId}')) {
    at.messageId = await portals.feedback(portal, person?.accountId ?? at.memberId);
  }
  // Feedback on its way is not asked for again: everybody has a case of their own.
  if (operation.method === 'POST' && operation.path.endsWith('/feedback')) at.caseId = await portals.untoldCase(portal);
  if (operation.path.includes('{planId}')) {
    const isDraft = operation.method === 'PUT' || operation.path.endsWith('/issue');
    at.planId = await portals.plan(portal, !isDraft);
  }
  if (operation.path.includes('{schemeId}')) {
    const isDraft = operation.path.endsWith('/approval');
    at.schemeId = await portals.scheme(
      portal,
      isDraft ? 'draft' : operation.path.endsWith('/issue') ? 'approved' : 'issued',
    );
  }
  if (operation.path.includes('{disputeId}')) at.disputeId = await portals.objection(portal);
  if (operation.path.endsWith('/closing')) at.payMonth = await portals.closableMonth(portal);
  if (operation.path.includes('{auditId}')) at.auditId = await portals.audit(portal);
  if (person && operation.path.endsWith('/calibration/verdicts')) {
    at.goldCaseId = await portals.calibrating(portal, person.accountId);
  }
  if (operation.method === 'DELETE' && operation.path.includes('{ruleId}')) await portals.draftedRule(portal);
  if (operation.method === 'DELETE' && operation.path.includes('{layerId}')) await portals.layered(portal);
  if (operation.path.includes('{silenceId}')) at.silenceId = await portals.silence(portal);
  if (isPersonal) await api.staff.setPassword(person?.accountId ?? at.memberId, at.password);
  if (isPersonal && person) at.email = person.email;
  const { query, body } = request?.(at) ?? {};
  if (query?.['asAt']) query['asAt'] = `${portal.bucket}:${await api.log.head(portal.bucket)}`;
  const aborting = new AbortController();
  const response = await fetch(`${api.url}${pathAt(operation, at)}?${new URLSearchParams(query).toString()}`, {
    method: operation.method,
    headers: {
      ...(person && { cookie: person.cookie }),
      ...(body && { 'content-type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
    signal: aborting.signal,
  });
  const isProblem = response.status >= 400;
  const answer = isProblem ? ((await response.json()) as { code: unknown }) : null;
  aborting.abort();
  // Users of the portal can be somebody again.
  await api.pool.query('DELETE FROM identity.membership WHERE portal_user_id IS NOT NULL');
  return { status: response.status, code: answer?.code ?? null };
}

const operations = await operationsOfTheDocument();

test('every route says who may use it, and has a case', () => {
  expect(operations.filter(({ need }) => need === undefined).map(({ name }) => name)).toEqual([]);
  expect(operations.map(({ name }) => name).filter((name) => !routeCases[name])).toEqual([]);
  expect(Object.keys(routeCases).filter((name) => !operations.some((one) => one.name === name))).toEqual([]);
});

test.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s: whom the table allows succeeds, everybody else is refused',
  async (_name, operation) => {
    for (const actor of actors) {
      const { status, code } = await tryAs(operation, actor);
      const outcome = [actor.name, status < 300 ? 'works' : status, code];
      if (!isAllowed(operation, actor)) {
        const refused = actor.role === null ? [401, 'SIGN_IN_NEEDED'] : [403, 'NOT_ALLOWED'];
        expect(outcome).toEqual([actor.name, ...refused]);
      } else {
        expect(outcome).toEqual([actor.name, 'works', null]);
      }
    }
  },
);

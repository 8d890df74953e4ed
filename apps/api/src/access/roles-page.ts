import type { OpenAPIObject } from '@nestjs/swagger';
import {
  grantableRoles,
  installationPermissions,
  type Permission,
  policy,
  portalPermissions,
  roles,
} from '@funnelwatch/identity-contracts';

const meanings: Record<Permission, string> = {
  'portals.register': 'connect portals',
  'accounts.manage': 'see everybody who can sign in; invite integrators and operations; reset passwords; end sessions',
  'operations.read': 'see workers, lag, quarantine and rebuilds of the installation',
  'operations.act': 'try quarantined events again',
  'audit.readAll': 'read the audit of the installation',
  'portal.read': 'see that the portal is there, its connection, freshness and completeness',
  'portal.manage': 'change settings and webhook, pause, resume and remove the portal',
  'figures.read': 'see the funnel, its explanations, the ids of records behind a number, live changes',
  'records.read': 'see records and their time lines',
  'personal.read': 'open titles, names and texts, which are masked otherwise; each reading is recorded',
  'configuration.change': 'say what stages mean',
  'people.read': 'see who has access to the portal',
  'people.manage': 'invite, change and withdraw roles, arrange substitutions',
  'audit.read': 'read and export the audit of the portal',
  'cases.read': 'see cases of discipline; sellers their own',
  'cases.judge': 'give verdicts, put off, assign and merge cases; nobody judges their own',
  'rules.read': 'see the rules, their parameters and how precise they are',
  'rules.manage':
    'switch rules on and off, set their parameters, silence them, write new ones; set gold cases, checklists and how the control is controlled',
  'quality.read': 'see agreement and scores of curators; curators their own',
  'audits.score': 'score sampled audits by checklist; nobody audits their own work',
  'plans.read': 'see plans, norms and indicators; sellers those that bind them',
  'plans.manage': 'write plans, promise and withdraw them, define indicators',
  'plans.sign': 'sign the plan that binds oneself',
  'pay.read': 'see motivation schemes and what is earned by them; each reading of pay is recorded; sellers their own',
  'pay.manage':
    'write, approve (what somebody else wrote), promise and withdraw motivation schemes; close months, decide on objections',
  'pay.sign': 'sign the scheme that pays oneself, object to one’s own pay',
};

/** docs/roles.md: the policy table and what each permission opens, from the code itself. */
export function rolesPage(document: OpenAPIObject): string {
  const routes = routesByNeed(document);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = (permissions: readonly Permission[]): string[] => [
    row(['Permission', 'Allows to', ...roles]),
    row(['---', '---', ...roles.map(() => '---')]),
    ...permissions.map((permission) =>
      row([`\`${permission}\``, meanings[permission], ...roles.map((role) => policy[role][permission] ?? '')]),
    ),
  ];
  const section = (need: string): string[] => [
    `### \`${need}\``,
    '',
    ...(routes.get(need) ?? []).map((route) => `- \`${route}\``),
    '',
  ];
  const grants = roles.flatMap((role) => {
    const given = grantableRoles[role];
    return given === undefined ? [] : [`- ${role}: ${given.join(', ')}`];
  });
  return [
    '# Roles',
    '',
    'Made from the policy table in `libs/identity-contracts` by `npm run -w @funnelwatch/api roles`; do not edit.',
    '',
    'A role is held for one portal; integrator and operations also for the whole installation. `all` is the whole portal,',
    '`own` what the person, or somebody they stand in for, is or was responsible for. What is empty is refused. A portal in which',
    'somebody has no role answers as one that does not exist.',
    '',
    '## Within a portal',
    '',
    ...table(portalPermissions),
    '',
    '## For the whole installation',
    '',
    'Only from a role held for the whole installation.',
    '',
    ...table(installationPermissions),
    '',
    '## Who gives which roles',
    '',
    ...grants,
    '',
    '## Routes',
    '',
    ...['public', 'signed-in', ...portalPermissions, ...installationPermissions].flatMap(section),
  ].join('\n');
}

function routesByNeed({ paths }: OpenAPIObject): Map<string, string[]> {
  const routes = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods as Record<string, { 'x-needs'?: string }>)) {
      const need = operation['x-needs'] ?? 'nobody';
      routes.set(need, [...(routes.get(need) ?? []), `${method.toUpperCase()} ${path}`]);
    }
  }
  return routes;
}

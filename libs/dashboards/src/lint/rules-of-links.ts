import { type Dashboard, DashboardLinkType, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { panelsOf, placeOfPanel, queriesOfPanel } from '../sql/queries-of.js';
import type { Complaint, DashboardRule, LintContext } from './finding.js';
import { fieldSettingsOf } from './panel-settings.js';
import { shapeOf } from './query-subject.js';

interface PlacedLink {
  where: string;
  url: string;
  /** Set for a link on the data of a panel. */
  panel?: Panel;
}

/** What Grafana puts into a link by itself. */
const builtIn = /^__(?:url_time_range|all_variables|field|series|value|from|to|org|dashboard)\b/;

const linksResolve: DashboardRule = {
  id: 'links-resolve',
  check: (dashboard, context) =>
    linksOf(dashboard).flatMap((link) =>
      [
        ...targetProblems(link, context),
        ...variableProblems(link, dashboard),
        ...(link.panel ? fieldProblems(link.url, link.panel, dashboard) : []),
      ].map((message) => ({ where: link.where, message: `${message} (${link.url})` })),
    ),
};

const linksKeepContext: DashboardRule = {
  id: 'links-keep-context',
  check: (dashboard) => [
    ...linksOf(dashboard)
      .filter(({ panel, url }) => panel && url.startsWith('/d/') && !url.includes('${__url_time_range}'))
      .map(({ where, url }) => ({ where, message: `The link loses the range of time (${url})` })),
    ...(dashboard.links ?? [])
      .filter((link) => !link.keepTime || !link.includeVars)
      .map((link) => ({
        where: `${dashboard.uid ?? ''} / ${link.title}`,
        message: 'The link keeps time and variables',
      })),
  ],
};

/** Where the SDK puts links and annotations, out of sight, unless the key is taken away. */
const nothingHidden: DashboardRule = {
  id: 'nothing-in-controls-menu',
  check: (dashboard) => {
    const where = dashboard.uid ?? '';
    const all: { placement?: string; title?: string; name?: string }[] = [
      ...(dashboard.links ?? []),
      ...(dashboard.annotations.list ?? []),
      ...panelsOf(dashboard).flatMap((panel) => [
        ...(panel.links ?? []),
        ...fieldSettingsOf(panel).flatMap((group) => group.links),
      ]),
    ];
    return all
      .filter(({ placement }) => placement === 'inControlsMenu')
      .map(({ title, name }) => ({ where, message: `"${title ?? name ?? ''}" is hidden in a menu` }));
  },
};

const taggedLinks: DashboardRule = {
  id: 'tagged-links',
  check: (dashboard, { dashboards }) =>
    (dashboard.links ?? [])
      .filter((link) => link.type === DashboardLinkType.Dashboards)
      .filter(
        ({ tags }) => tags.length === 0 || !dashboards.some((known) => tags.every((tag) => known.tags.includes(tag))),
      )
      .map(({ title, tags }): Complaint => ({
        where: `${dashboard.uid ?? ''} / ${title}`,
        message: `No dashboard is tagged "${tags.join()}"`,
      })),
};

function linksOf(dashboard: Dashboard): PlacedLink[] {
  const placed = (where: string, links: readonly { url?: string }[], panel?: Panel): PlacedLink[] =>
    links.map(({ url = '' }) => ({ where, url, ...(panel ? { panel } : {}) }));
  const own = (dashboard.links ?? []).filter((link) => link.type === DashboardLinkType.Link);
  return [
    ...placed(dashboard.uid ?? '', own),
    ...panelsOf(dashboard).flatMap((panel) => {
      const where = placeOfPanel(dashboard.uid ?? '', panel);
      const onData = fieldSettingsOf(panel).flatMap((group) => group.links);
      return [...placed(where, panel.links ?? []), ...placed(where, onData, panel)];
    }),
  ];
}

function targetProblems({ url }: PlacedLink, { dashboards }: LintContext): string[] {
  if (!url.startsWith('/d/')) return /^(?:https:\/\/|\/|\$\{\w+\}\/)/.test(url) ? [] : ['The link leads nowhere'];
  const [, uid = ''] = /^\/d\/([^/?#]+)/.exec(url) ?? [];
  const target = dashboards.find((dashboard) => dashboard.uid === uid);
  if (!target) return [`There is no dashboard "${uid}"`];
  const named = [...url.matchAll(/[?&]var-([^=&]+)=/g)].map(([, name = '']) => name);
  const passed = [...url.matchAll(/[?&]\$\{(\w+):queryparam\}/g)].map(([, name = '']) => name);
  return [...named, ...passed]
    .filter((name) => !target.variables.includes(name))
    .map((name) => `The dashboard "${uid}" has no variable ${name}`);
}

function variableProblems({ url }: PlacedLink, dashboard: Dashboard): string[] {
  const own = (dashboard.templating.list ?? []).map((variable) => variable.name);
  return [...url.matchAll(/\$\{([^}]*)\}/g)]
    .map(([, inside = '']) => inside)
    .filter((inside) => !inside.startsWith('__data.fields') && !builtIn.test(inside))
    .filter((inside) => !own.includes(inside.split(':')[0] ?? ''))
    .map((inside) => `There is no variable ${inside}`);
}

/** Fields of PromQL are the labels that a series happens to have: only those of SQL are checked. */
function fieldProblems(url: string, panel: Panel, dashboard: Dashboard): string[] {
  const named = [...url.matchAll(/\$\{__data\.fields(?:\.([^}:.]+)|\["([^"]+)"\])[^}]*\}/g)];
  const variables = (dashboard.templating.list ?? []).map((variable) => variable.name);
  const shapes = queriesOfPanel(dashboard.uid ?? '', panel).map((query) => shapeOf({ query, variables }));
  if (named.length === 0 || shapes.some((shape) => shape === undefined)) return [];
  const columns = new Set(shapes.flatMap((shape) => shape?.columns.map((column) => column.name) ?? []));
  return named
    .map(([, plain, quoted]) => plain ?? quoted ?? '')
    .filter((field) => !columns.has(field))
    .map((field) => `The query gives no column "${field}"`);
}

export const rulesOfLinks: readonly DashboardRule[] = [linksResolve, linksKeepContext, nothingHidden, taggedLinks];

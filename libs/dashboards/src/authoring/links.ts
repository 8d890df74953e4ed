import { type DashboardLink } from '@grafana/grafana-foundation-sdk/dashboard';
import { DashboardLinkBuilder, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { AuthoringError } from './authoring-error.js';
import { say } from './language.js';

/** A link on a value, a row or a point of a panel. */
export interface DataLink {
  title: string;
  url: string;
  targetBlank: boolean;
}

const identifier = /^[a-z_]\w*$/;

/** A column of the query, as a data link says it. */
function fieldOf(column: string): string {
  if (!identifier.test(column)) throw new AuthoringError('LINK_FIELD', `"${column}" is not the name of a column.`);
  return `\${__data.fields.${column}}`;
}

/**
 * A link to another dashboard that keeps the range of time. `variables` says which of its variables take which column of
 * this panel's query; `keep` names variables that go on with what is selected here.
 *
 * @throws AuthoringError LINK_FIELD
 */
export function linkTo(
  dashboardUid: string,
  variables: Readonly<Record<string, string>>,
  { title = say('Open', 'Открыть'), keep = [] }: { title?: string; keep?: readonly string[] } = {},
): DataLink {
  const taken = Object.entries(variables).map(([name, column]) => `var-${name}=${fieldOf(column)}`);
  const kept = keep.map((name) => `\${${name}:queryparam}`);
  const query = [...taken, ...kept, '${__url_time_range}'].join('&');
  return { title, url: `/d/${dashboardUid}?${query}`, targetBlank: false };
}

/**
 * A link into the console, in a new tab: `consoleLink('/portals/{portal_id}/funnel')` puts columns of the query in the place
 * of names in braces.
 *
 * @throws AuthoringError LINK_FIELD, LINK_PATH
 */
export function consoleLink(path: string, title = say('Open in the console', 'Открыть в консоли')): DataLink {
  if (!path.startsWith('/')) throw new AuthoringError('LINK_PATH', `"${path}" does not begin with "/".`);
  const filled = path.replace(/(?<!\$)\{([^}]*)\}/g, (_, column: string) => fieldOf(column));
  return { title, url: `\${console}${filled}`, targetBlank: true };
}

/** The form in which the SDK's panels take data links. */
export const linkBuilder = ({ title, url, targetBlank }: DataLink): Builder<DashboardLink> =>
  new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(targetBlank);

/** A drop-down of all dashboards that carry a tag; range and variables go along. */
export const linksToTagged = (title: string, tag: string): Builder<DashboardLink> =>
  new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Dashboards)
    .tags([tag])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true);

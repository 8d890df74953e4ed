import type { DefinedDashboard, Language } from '@funnelwatch/dashboards';
import type { Texts } from '../texts.js';
import { type Html, html } from './html.js';

/** What every page has around it. */
export interface Surroundings {
  language: Language;
  texts: Texts;
  dashboards: readonly DefinedDashboard[];
}

interface Page {
  title: string;
  /** Of the dashboard that is shown. */
  uid?: string;
  /** Goes along to other dashboards, as the query of an address. */
  address?: string;
  content: Html;
}

/** Dashboards by their folders, in the order they are defined in. */
export function foldersOf(dashboards: readonly DefinedDashboard[]): [string, DefinedDashboard[]][] {
  const folders = new Map<string, DefinedDashboard[]>();
  for (const dashboard of dashboards)
    folders.set(dashboard.folder, [...(folders.get(dashboard.folder) ?? []), dashboard]);
  return [...folders];
}

const navigation = ({ texts, dashboards }: Surroundings, { uid, address }: Page): Html =>
  html`<nav aria-label="${texts.title}">
    ${foldersOf(dashboards).map(
      ([folder, inside]) =>
        html`<span class="folder"
          ><span class="of">${folder}</span>${inside.map(
            (dashboard) =>
              html`<a
                href="/d/${dashboard.uid}${address && `?${address}`}"
                ${dashboard.uid === uid && html` aria-current="page"`}
                >${dashboard.title}</a
              >`,
          )}</span
        >`,
    )}
  </nav>`;

/** A whole page; its head says that it is a preview. */
export function documentOf(surroundings: Surroundings, page: Page): string {
  const { language, texts } = surroundings;
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="dark light" />
        <title>${page.title} · Funnelwatch · ${texts.badge}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <a class="brand" href="/" title="${texts.all}">Funnelwatch</a
          ><strong class="badge">${texts.badge}</strong>${navigation(surroundings, page)}
        </header>
        <main>${page.content}</main>
      </body>
    </html> `.markup;
}

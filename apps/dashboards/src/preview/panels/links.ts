import type { ShownField, ShownLink } from '@funnelwatch/dashboards/display';
import { filledUrl } from '../asking/address.js';
import { type Html, html } from '../page/html.js';
import type { View } from './view.js';

/** What is read, linked to where its first link leads, with the others behind it; alone where none leads anywhere. */
export function linked(
  text: Html | string,
  links: readonly ShownLink[],
  { scope, texts }: View,
  row?: { fields: readonly ShownField[]; index: number },
): Html {
  const leading = links.flatMap((link) => {
    const url = filledUrl(link.url, scope, row);
    return url === null ? [] : [{ ...link, url }];
  });
  const [first, ...others] = leading;
  if (!first) return html`${text}`;
  const anchor = (link: ShownLink, content: Html | string, kind: string): Html =>
    link.isNewTab
      ? html`<a
          class="${kind}"
          href="${link.url}"
          target="_blank"
          rel="noopener noreferrer"
          title="${link.title} (${texts.newTab})"
          >${content}</a
        >`
      : html`<a class="${kind}" href="${link.url}" title="${link.title}">${content}</a>`;
  return html`${anchor(first, text, 'value')}${others.map((link) => html` ${anchor(link, `${link.title} ↗`, 'also')}`)}`;
}

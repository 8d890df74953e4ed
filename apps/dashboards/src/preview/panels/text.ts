import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';

/** A note: its text, of which the marks of Markdown are left as they are written. */
export function textPanel({ options }: Panel): Html {
  const { content = '' } = (options ?? {}) as { content?: string };
  const paragraphs = content.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return html`<div class="note">${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>`;
}

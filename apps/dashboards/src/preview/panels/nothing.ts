import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import type { Texts } from '../texts.js';

/** What stands in a panel without rows: why there are none, as the panel says it. */
export const nothing = ({ fieldConfig }: Panel, texts: Texts): Html =>
  html`<p class="nothing">${fieldConfig?.defaults.noValue ?? texts.noData}</p>`;

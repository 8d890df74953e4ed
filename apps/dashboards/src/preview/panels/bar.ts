import { type Html, html } from '../page/html.js';

/** A bar that is filled by a share from 0 to 1; empty without one. */
export const bar = (share: number | null, paint: string): Html =>
  html`<svg class="bar" aria-hidden="true">
    <rect class="unfilled" width="100%" height="100%" />
    <rect class="fill-${paint}" width="${((share ?? 0) * 100).toFixed(2)}%" height="100%" />
  </svg>`;

import { catalogueOf } from '@funnelwatch/dashboards';
import { paints } from '@funnelwatch/dashboards/display';
import { expect, test } from '@jest/globals';
import { styleSheet } from './style.js';

/** Names of colours wherever they stand in a dashboard. */
function coloursIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) =>
    ['color', 'fixedColor', 'iconColor'].includes(key) && typeof inside === 'string' ? [inside] : coloursIn(inside),
  );
}

test('every colour that a dashboard names is in the stylesheet, for both themes', () => {
  const style = styleSheet();
  const [light = '', dark = ''] = style.split('@media (prefers-color-scheme:dark){.paint-');
  const names = new Set(catalogueOf('en').dashboards.flatMap(({ json }) => coloursIn(json)));
  expect(names.size).toBeGreaterThan(5);
  for (const name of names) {
    expect(light).toContain(`.paint-${name}{`);
    expect(`paint-${dark}`).toContain(`paint-${name}{`);
  }
});

test('red is another red on dark pages', () => {
  const red = paints.find(({ name }) => name === 'red');
  expect(styleSheet()).toContain(`.paint-red{color:${red?.css.light}}`);
  expect(styleSheet()).toContain(`.paint-red{color:${red?.css.dark}}`);
  expect(red?.css.dark).not.toBe(red?.css.light);
});

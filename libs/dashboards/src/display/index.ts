export { displayOf, reducedDisplayOf } from './display-of.js';
export { fieldsOf, linksOfValues, type ShownField, type ShownLink } from './fields-of.js';
export { colourNamed, type Paint, paints, type Theme } from './palette.js';
export { barsOf, seriesOf, type ShownSeries, type ShownTimeSeries } from './series-of.js';
export type { Shown, ShownColumn } from './shown.js';

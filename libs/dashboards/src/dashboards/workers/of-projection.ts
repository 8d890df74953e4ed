import { selected } from '../../authoring/selected.js';

/** Keeps the read models that are selected, in SQL. */
export const inProjection = (column = 'projection'): string => selected.variable('projection', column);

/** The same as labels of PromQL: there Grafana makes an alternative of what is selected. */
export const OF_PROJECTION = '{projection=~"${projection}"}';

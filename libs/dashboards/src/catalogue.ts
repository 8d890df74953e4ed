import { inLanguage, type Language } from './authoring/language.js';
import type { Mapping } from './authoring/value-mappings.js';
import { signalAlerts } from './dashboards/alerts.js';
import { dashboardsOf } from './dashboards/index.js';
import type { Catalogue } from './provisioning/files.js';

/**
 * Everything that is shown and watched, in one language: what the generator writes and the checks look at. Rules are shown by
 * the titles given, else by their ids.
 *
 * @throws AuthoringError when something is written wrongly
 */
export const catalogueOf = (language: Language, ruleTitles: Mapping = {}): Catalogue =>
  inLanguage(language, () => {
    const dashboards = dashboardsOf(ruleTitles);
    // A rule that is only left out stays in Grafana: its uid comes among the retired when it goes.
    return { dashboards, alerts: signalAlerts(dashboards), retiredAlerts: [] };
  });

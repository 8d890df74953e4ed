import { chosenOf, interpolated, queriesOf, UnknownVariable } from './dashboard-queries.mjs';
import { ask } from './query-answer.mjs';

/** Dashboards that an organisation has, with their folders. */
export async function dashboardsIn(api, org) {
  const found = await api.get('/api/search?type=dash-db&limit=5000', { org });
  return found.map(({ uid, folderTitle }) => ({ uid, folder: folderTitle ?? '' }));
}

/**
 * Compares the dashboards of an organisation with the files of its folders. Folders that people made are their own.
 *
 * @returns {{ counts: string, problems: string[] }}
 */
export function compareDashboards(expected, folders, found) {
  const problems = [];
  const counts = folders.map((folder) => {
    const wanted = expected.filter((dashboard) => dashboard.folder === folder).map(({ uid }) => uid);
    const there = found.filter((dashboard) => dashboard.folder === folder).map(({ uid }) => uid);
    problems.push(...wanted.filter((uid) => !there.includes(uid)).map((uid) => `${folder} lacks ${uid}`));
    problems.push(
      ...there.filter((uid) => !wanted.includes(uid)).map((uid) => `${folder} has ${uid}, which is in no file`),
    );
    return `${folder} ${there.length}`;
  });
  return { counts: counts.join(', '), problems };
}

/**
 * Sends every query of a dashboard in an organisation as Grafana would when the portal is chosen.
 *
 * @returns {Promise<{ sent: number, withRows: number, problems: string[] }>} `sent` counts queries of panels.
 */
export async function checkQueries(api, { uid, json }, portal, org) {
  const problems = [];
  const range = { from: json.time?.from, to: json.time?.to };
  const chosen = new Map();
  const answerTo = async (where, target) => {
    try {
      const rawSql = interpolated(target.rawSql, chosen);
      const answer = await ask(api, { ...target, rawSql }, { org, range });
      if (answer.problem !== null) problems.push(`${uid} / ${where}: ${answer.problem}`);
      return answer;
    } catch (error) {
      if (!(error instanceof UnknownVariable)) throw error;
      problems.push(`${uid} / ${where}: ${error.message}`);
      return null;
    }
  };
  for (const variable of json.templating?.list ?? []) {
    const asks =
      variable.type === 'query' ? await answerTo(`$${variable.name}`, { rawSql: String(variable.query) }) : null;
    const column = Math.max(0, asks?.columns.indexOf('__value') ?? 0);
    const options = (asks?.rows ?? []).map((row) => String(row[column]));
    chosen.set(variable.name, chosenOf(variable, options, portal));
  }
  const queries = queriesOf(json);
  let withRows = 0;
  for (const { title, target } of queries) {
    const answer = await answerTo(`${title} / ${target.refId}`, target);
    if (answer && answer.rows.length > 0) withRows += 1;
  }
  return { sent: queries.length, withRows, problems };
}

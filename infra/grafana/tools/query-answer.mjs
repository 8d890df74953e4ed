import { askedAs } from './dashboard-queries.mjs';
import { messageOf } from './grafana-api.mjs';

/** The source of the read models, the same in every organisation. */
const READ_MODELS = { type: 'grafana-postgresql-datasource', uid: 'pg-readmodel' };

/**
 * What `/api/ds/query` answered to one query.
 *
 * @param {{ status: number, body: any }} answer
 * @returns {{ problem: string | null, columns: string[], rows: unknown[][] }} Rows of the first frame; none with a problem.
 */
export function readAnswer({ status, body }, refId = 'A') {
  const failed = (problem) => ({ problem, columns: [], rows: [] });
  const result = body?.results?.[refId];
  if (!result) return failed(`${status}: ${messageOf(body)}`);
  if (result.error) return failed(`${result.status ?? status}: ${messageOf({ message: result.error })}`);
  if (status >= 300 || (result.status ?? 200) >= 300) return failed(`${result.status ?? status} without a reason`);
  if (!Array.isArray(result.frames) || result.frames.length === 0) return failed('there is no frame in the answer');
  for (const { schema } of result.frames) {
    if (!Array.isArray(schema?.fields)) return failed('a frame has no fields');
    const notice = schema.meta?.notices?.find(({ severity }) => severity === 'error');
    if (notice) return failed(messageOf({ message: notice.text }));
  }
  const [{ schema, data }] = result.frames;
  const values = data?.values ?? [];
  const rows = (values[0] ?? []).map((_, row) => values.map((column) => column[row]));
  return { problem: null, columns: schema.fields.map(({ name }) => name), rows };
}

/**
 * Sends one query as a panel does. Throws `Refused` only when Grafana does not answer.
 *
 * @param {import('./grafana-api.mjs').GrafanaApi} api
 * @param {{ rawSql: string, refId?: string, datasource?: object }} target
 * @param {{ org?: number, range?: { from?: string, to?: string } }} [where]
 */
export async function ask(api, target, { org, range } = {}) {
  const body = askedAs({ datasource: READ_MODELS, ...target }, range);
  return readAnswer(await api.ask('POST', '/api/ds/query', body, { org }), target.refId);
}

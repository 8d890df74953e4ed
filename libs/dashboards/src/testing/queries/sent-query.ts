import pg from 'pg';

export interface ResultColumn {
  name: string;
  typeOid: number;
}

/** The answer to a query: every value as PostgreSQL writes it. */
export interface QueryResult {
  columns: ResultColumn[];
  rows: (string | null)[][];
  milliseconds: number;
}

/** A connection as Grafana has one; a statement that takes longer than `statementTimeoutMs` fails. */
export async function connectAsGrafana(url: string, statementTimeoutMs: number): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'dashboards-tests',
    options: `-c statement_timeout=${statementTimeoutMs}`,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Sends SQL over the simple protocol, as Grafana does. Throws the error of PostgreSQL, and for several statements. */
export async function sendQuery(client: pg.Client, sql: string): Promise<QueryResult> {
  const started = performance.now();
  const answer = await client.query<(string | null)[]>({
    text: sql,
    rowMode: 'array',
    types: { getTypeParser: () => (value: string | Buffer) => value },
  });
  const milliseconds = performance.now() - started;
  if (Array.isArray(answer)) throw new Error('It is more than one statement');
  return {
    columns: answer.fields.map((field) => ({ name: field.name, typeOid: field.dataTypeID })),
    rows: answer.rows,
    milliseconds,
  };
}

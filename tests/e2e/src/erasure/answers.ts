import { setTimeout as sleep } from 'node:timers/promises';

export interface Asked {
  apiUrl: string;
  /** Of somebody who may read personal data. */
  cookie: string;
  portalId: string;
  /** Streams whose records are asked for. */
  records: readonly string[];
  /** Positions of the log whose knowledge is asked for beside the present's. */
  pasts: readonly string[];
}

/** Everything that the API tells of a portal, in one text: lists, records, their events, now and as it was known. */
export async function everythingTold({ apiUrl, cookie, portalId, records, pasts }: Asked): Promise<string> {
  const portal = `${apiUrl}/api/v1/portals/${portalId}`;
  const paths = [
    ...[`${apiUrl}/api/v1/portals`, portal, `${portal}/pipelines`, `${portal}/annotations`],
    ...[`${apiUrl}/api/v1/operations`, `${apiUrl}/api/v1/operations/lag`, `${apiUrl}/api/v1/operations/rebuilds`],
    `${apiUrl}/api/v1/operations/quarantine`,
    `${portal}/funnel/records?view=now&figure=open&pipeline=deal:0&limit=200&personal=shown`,
  ];
  for (const past of ['', ...pasts]) {
    if (past) await prepare(portal, past, cookie);
    const moment = past ? `asAt=${past}` : '';
    paths.push(`${portal}/sellers?${moment}`);
    for (const stream of records) {
      const record = `${portal}/records/${stream.replace(':', '/')}`;
      paths.push(`${record}?personal=shown&${moment}`, `${record}/events?personal=shown&limit=200&${moment}`);
    }
  }
  const answers: string[] = [];
  for (const path of paths) {
    const answer = await fetch(path, { headers: { cookie } });
    answers.push(`${answer.status} ${path.slice(apiUrl.length)}\n${await answer.text()}`);
  }
  return answers.join('\n');
}

async function prepare(portal: string, past: string, cookie: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const answer = await fetch(`${portal}/time-travel?asAt=${past}`, { headers: { cookie } });
    const { state } = (await answer.json()) as { state?: string };
    if (state === 'ready') return;
    await sleep(200);
  }
  throw new Error(`What was known at ${past} was not there within its time`);
}

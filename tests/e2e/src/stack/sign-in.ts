import { OneTimeLinks } from '@funnelwatch/identity';
import { systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';

const integrator = { email: 'integrator@example.com', name: 'Integrator', password: 'correct horse battery' };

/** Cookie of a new integrator, who joins by a first link as a person would. */
export async function joinAsIntegrator(apiUrl: string, databaseUrl: string): Promise<string> {
  const pool = createPool({ url: databaseUrl, applicationName: 'e2e', max: 1 });
  try {
    const { token } = await new OneTimeLinks(pool, systemClock).create({
      kind: 'first',
      role: 'integrator',
      createdBy: null,
    });
    return await cookieFrom(`${apiUrl}/api/v1/links/join`, { token, ...integrator });
  } finally {
    await pool.end();
  }
}

/** Cookie of the same integrator at another API, such as one over a restored database. */
export const signInAsIntegrator = (apiUrl: string): Promise<string> =>
  cookieFrom(`${apiUrl}/api/v1/session`, { email: integrator.email, password: integrator.password });

/** Cookie of the ready integrator of the simulated portal. */
export const signInToDemo = (apiUrl: string): Promise<string> =>
  cookieFrom(`${apiUrl}/api/v1/session/demo`, { role: 'integrator' });

async function cookieFrom(url: string, body: object): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 201) throw new Error(`Signing in was answered with ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

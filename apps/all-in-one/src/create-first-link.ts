import { Audit, Memberships, OneTimeLinks } from '@funnelwatch/identity';
import { systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';

/**
 * Path of a one-time link by which the first integrator makes an account; null when there is an integrator already. An
 * earlier unused link is worth nothing from then on.
 */
export async function createFirstLink(databaseUrl: string): Promise<string | null> {
  const pool = createPool({ url: databaseUrl, applicationName: 'all-in-one', max: 1 });
  try {
    if (await new Memberships(pool, systemClock).hasIntegrator()) return null;
    const links = new OneTimeLinks(pool, systemClock);
    const { token, linkId } = await links.create({ kind: 'first', role: 'integrator', createdBy: null });
    await new Audit(pool, systemClock).record({
      ...{
        accountId: null,
        actor: 'system',
        action: 'invitation.create',
        portalId: null,
        object: linkId,
        address: null,
      },
      ...{ result: 'done', details: { role: 'integrator' } },
    });
    return `/link#${token}`;
  } finally {
    await pool.end();
  }
}

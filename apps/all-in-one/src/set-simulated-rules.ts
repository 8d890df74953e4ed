import { decideDiscipline, type DisciplineEvent, type ParameterValues } from '@funnelwatch/curation';
import { PostgresEventLog } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { defaultCompany, disciplineSettings } from '@funnelwatch/portal-generator';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';

/**
 * Tells the rules what the fields and stages of the simulated company mean, once: what an integrator does for a portal. What
 * was decided since stays.
 */
export async function setSimulatedRules(databaseUrl: string, portal: RegisteredPortal): Promise<void> {
  const pool = createPool({ url: databaseUrl, applicationName: 'funnelwatch-all-in-one', max: 2 });
  const log = new PostgresEventLog(pool);
  try {
    if ((await log.readStream(portal, 'discipline:portal', { limit: 1 })).length > 0) return;
    await decideDiscipline(log, systemClock, portal, settingsOfCompany(), 'simulated company');
  } finally {
    await log.close();
    await pool.end();
  }
}

function settingsOfCompany(): DisciplineEvent[] {
  // The company's own account keeps a limit of open deals that its few sellers reach; people expect the usual one.
  const { O07: _few, ...settings } = disciplineSettings(defaultCompany({ anchorAt: 0 }));
  const withProofs = { ...settings, D01: { proofs: settings.D05?.proofs ?? {} } };
  return Object.entries(withProofs).map(([ruleId, values]): DisciplineEvent => {
    const parameters: ParameterValues = Object.fromEntries(
      Object.entries(values).filter(([, value]) => value !== null),
    );
    return { type: 'RuleParametersSet', data: { ruleId, parameters, by: 'system' } };
  });
}

import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';

export interface SavedView {
  viewId: string;
  name: string;
  filter: Record<string, string>;
}

export interface Template {
  templateId: string;
  /** Empty: for any rule. */
  ruleId: string;
  name: string;
  body: string;
}

const looksForMs = 20_000;

/** What curators keep beside the log: who looks at what, saved views, templates. Every question names its portal. */
export class Desk {
  constructor(private readonly pool: Pool) {}

  /** Notes that somebody has a card in front of them; returns the others who have. */
  async look(portalId: string, caseId: string, who: { accountId: string; name: string }, now: Date): Promise<string[]> {
    await this.pool.query(
      `INSERT INTO desk.presence (portal_id, case_id, account_id, name, seen_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (portal_id, case_id, account_id) DO UPDATE SET seen_at = excluded.seen_at, name = excluded.name`,
      [portalId, caseId, who.accountId, who.name, now],
    );
    const { rows } = await this.pool.query<{ name: string }>(
      `SELECT name FROM desk.presence
        WHERE portal_id = $1 AND case_id = $2 AND account_id <> $3 AND seen_at > $4 ORDER BY name`,
      [portalId, caseId, who.accountId, new Date(now.getTime() - looksForMs)],
    );
    return rows.map(({ name }) => name);
  }

  /** Somebody looks at the card no longer. What others left behind long ago goes with it. */
  async lookAway(portalId: string, caseId: string, accountId: string, now: Date): Promise<void> {
    await this.pool.query(
      `DELETE FROM desk.presence
        WHERE portal_id = $1 AND ((case_id = $2 AND account_id = $3) OR seen_at < $4)`,
      [portalId, caseId, accountId, new Date(now.getTime() - 60 * looksForMs)],
    );
  }

  async views(portalId: string, accountId: string): Promise<SavedView[]> {
    const { rows } = await this.pool.query<SavedView>(
      `SELECT view_id AS "viewId", name, filter FROM desk.saved_view
        WHERE portal_id = $1 AND account_id = $2 ORDER BY created_at, name`,
      [portalId, accountId],
    );
    return rows;
  }

  /** Throws `Rejection` VIEW_NAME_TAKEN. */
  async saveView(portalId: string, accountId: string, view: SavedView, now: Date): Promise<void> {
    const { rowCount } = await this.pool.query(
      `INSERT INTO desk.saved_view (view_id, portal_id, account_id, name, filter, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [view.viewId, portalId, accountId, view.name, JSON.stringify(view.filter), now],
    );
    if (rowCount === 0) throw new Rejection('VIEW_NAME_TAKEN', 'You have a view of this name. Take another one.');
  }

  /** Throws `Rejection` VIEW_UNKNOWN. */
  async removeView(portalId: string, accountId: string, viewId: string): Promise<void> {
    const { rowCount } = await this.pool.query(
      'DELETE FROM desk.saved_view WHERE portal_id = $1 AND account_id = $2 AND view_id = $3',
      [portalId, accountId, viewId],
    );
    if (rowCount === 0) throw new Rejection('VIEW_UNKNOWN', 'There is no such view.');
  }

  async templates(portalId: string): Promise<Template[]> {
    const { rows } = await this.pool.query<Template>(
      `SELECT template_id AS "templateId", rule_id AS "ruleId", name, body FROM desk.template
        WHERE portal_id = $1 ORDER BY name`,
      [portalId],
    );
    return rows;
  }

  /** Throws `Rejection` TEMPLATE_NAME_TAKEN. */
  async saveTemplate(portalId: string, template: Template, by: string, now: Date): Promise<void> {
    const { templateId, ruleId, name, body } = template;
    const taken = await this.pool.query(
      'SELECT FROM desk.template WHERE portal_id = $1 AND name = $2 AND template_id <> $3',
      [portalId, name, templateId],
    );
    if (taken.rowCount)
      throw new Rejection('TEMPLATE_NAME_TAKEN', 'There is a template of this name. Take another one.');
    await this.pool.query(
      `INSERT INTO desk.template (template_id, portal_id, rule_id, name, body, changed_by, changed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (portal_id, template_id) DO UPDATE SET rule_id = $3, name = $4, body = $5, changed_by = $6, changed_at = $7`,
      [templateId, portalId, ruleId, name, body, by, now],
    );
  }

  /** Throws `Rejection` TEMPLATE_UNKNOWN. */
  async removeTemplate(portalId: string, templateId: string): Promise<void> {
    const { rowCount } = await this.pool.query('DELETE FROM desk.template WHERE portal_id = $1 AND template_id = $2', [
      portalId,
      templateId,
    ]);
    if (rowCount === 0) throw new Rejection('TEMPLATE_UNKNOWN', 'There is no such template.');
  }
}

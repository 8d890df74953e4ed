/** What curators keep for themselves beside the log: no fact about anybody's work. */
export const deskTables: readonly string[] = [
  'CREATE SCHEMA desk',
  // Who has which card in front of them; forgotten by itself.
  `CREATE UNLOGGED TABLE desk.presence (
     portal_id uuid NOT NULL,
     case_id uuid NOT NULL,
     account_id text NOT NULL,
     name text NOT NULL,
     seen_at timestamptz NOT NULL,
     PRIMARY KEY (portal_id, case_id, account_id)
   )`,
  `CREATE TABLE desk.saved_view (
     view_id uuid PRIMARY KEY,
     portal_id uuid NOT NULL,
     account_id text NOT NULL,
     name text NOT NULL,
     filter json NOT NULL,
     created_at timestamptz NOT NULL,
     UNIQUE (portal_id, account_id, name)
   )`,
  // Words a team uses again and again; placeholders are filled in when they are used.
  `CREATE TABLE desk.template (
     template_id uuid NOT NULL,
     portal_id uuid NOT NULL,
     rule_id text NOT NULL,
     name text NOT NULL,
     body text NOT NULL,
     changed_by text NOT NULL,
     changed_at timestamptz NOT NULL,
     -- Ids come from outside: one that another portal has is no hindrance.
     PRIMARY KEY (portal_id, template_id),
     UNIQUE (portal_id, name)
   )`,
  // Rules that are tried on recorded history.
  `CREATE TABLE desk.backtest (
     backtest_id uuid PRIMARY KEY,
     portal_id uuid NOT NULL,
     rule_id text NOT NULL,
     rule json NOT NULL,
     parameters json NOT NULL,
     state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
     done int NOT NULL,
     total int,
     figures json,
     precision json,
     error_code text,
     requested_by text NOT NULL,
     requested_at timestamptz NOT NULL,
     seen_at timestamptz,
     finished_at timestamptz
   )`,
  'CREATE INDEX backtest_portal ON desk.backtest (portal_id, requested_at)',
];

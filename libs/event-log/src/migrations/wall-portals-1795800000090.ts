import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What runs with the rights of the owner passes by the policies of tables, and so asks itself whether the caller may work
 * on the portal. Tables that are made later get the policies of those that they are like. Who may pass is read from the
 * policies of `log.event`; where it has none, nobody is refused.
 */
export class WallPortals1795800000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(REFUSE_OTHER_PORTALS);
    await runner.query(COPY_WALL);
    await runner.query(OPS_HOLE);
    for (const [name, question] of asking) await change(runner, name, (body) => body.replace(FIRST, `$&${question}`));
    await change(runner, 'log.create_generation', (body) => body.replace(RETURNING, `${COPY_WALLS}$&`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await change(runner, 'log.create_generation', (body) => body.replace(COPY_WALLS, ''));
    for (const [name, question] of asking) await change(runner, name, (body) => body.replace(question, ''));
    await runner.query(`
      DROP VIEW read.ops_hole;
      DROP FUNCTION travel.wall_snapshot(bigint), log.copy_wall(regclass, regclass, boolean),
        log.refuse_other_portals(uuid[])`);
  }
}

/** Null is for what concerns all portals. */
const REFUSE_OTHER_PORTALS = `
  CREATE FUNCTION log.refuse_other_portals(portals uuid[]) RETURNS void LANGUAGE plpgsql STABLE AS $$
  DECLARE
    scope text := coalesce(current_setting('funnelwatch.portals', true), '');
    may_all boolean;
    goes_by_setting boolean;
  BEGIN
    SELECT NOT relrowsecurity OR pg_has_role(session_user, relowner, 'USAGE'), false INTO may_all, goes_by_setting
      FROM pg_class WHERE oid = 'log.event'::regclass;
    IF may_all THEN RETURN; END IF;
    SELECT coalesce(bool_or(polname = 'all_portals'), false), coalesce(bool_or(polname = 'named_portals'), false)
      INTO may_all, goes_by_setting
      FROM pg_policy CROSS JOIN unnest(polroles) AS granted(role)
     WHERE polrelid = 'log.event'::regclass AND pg_has_role(session_user, granted.role, 'USAGE');
    IF may_all OR goes_by_setting AND scope = 'all' THEN RETURN; END IF;
    IF goes_by_setting AND scope <> '' AND portals <@ string_to_array(scope, ',')::uuid[] THEN RETURN; END IF;
    RAISE EXCEPTION 'this portal is outside of the scope of the caller' USING ERRCODE = '42501';
  END $$;
  COMMENT ON FUNCTION log.refuse_other_portals IS 'For functions that run with the rights of their owner: asks about the login.';
`;

const COPY_WALL = `
  CREATE FUNCTION log.copy_wall(of_table regclass, to_table regclass, is_forced boolean) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
  DECLARE
    policy record;
  BEGIN
    IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = of_table) OR NOT EXISTS (
      SELECT FROM pg_attribute WHERE attrelid = to_table AND attname = 'portal_id' AND NOT attisdropped
    ) THEN
      RETURN;
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', to_table);
    IF is_forced THEN EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', to_table); END IF;
    FOR policy IN
      SELECT polname AS name, CASE polcmd WHEN 'r' THEN 'SELECT' ELSE 'ALL' END AS command,
             pg_get_expr(polqual, polrelid) AS expression, obj_description(oid, 'pg_policy') AS description,
             (SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE pg_roles.oid = ANY (polroles)) AS roles
        FROM pg_policy WHERE polrelid = of_table
    LOOP
      EXECUTE format('CREATE POLICY %I ON %s FOR %s TO %s USING (%s)', policy.name, to_table, policy.command, policy.roles,
                     policy.expression);
      EXECUTE format('COMMENT ON POLICY %I ON %s IS %L', policy.name, to_table, policy.description);
    END LOOP;
  END $$;
  COMMENT ON FUNCTION log.copy_wall IS 'Gives a new table the policies of another one; is_forced when whoever reads it owns it.';

  -- Runs with the rights of whoever fills the snapshot and owns its tables.
  CREATE FUNCTION travel.wall_snapshot(snapshot bigint) RETURNS void
  LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
  BEGIN
    PERFORM log.copy_wall('log.event', pg_class.oid, true) FROM pg_class
      WHERE relnamespace = to_regnamespace('travel_' || snapshot) AND relkind = 'r';
  END $$;
`;

/** With the rights of the owner: for whoever is behind a wall, counting would have to look at every event itself. */
const OPS_HOLE = `
  CREATE VIEW read.ops_hole AS
    SELECT c.bucket, c."position" - coalesce(v."position", 0) - (
             SELECT count(*) FROM log.event e
              WHERE e.bucket = c.bucket AND e."position" > coalesce(v."position", 0) AND e."position" <= c."position"
           ) AS holes
      FROM log.counter c LEFT JOIN log.verification v USING (bucket);
  COMMENT ON VIEW read.ops_hole IS 'Positions given out since the last verified one that the log does not hold.';
`;

const COPY_WALLS = `PERFORM log.copy_wall(walled.oid, copied.oid, false)
          FROM log.projection_version
          JOIN pg_class walled ON walled.relnamespace = to_regnamespace(quote_ident(schema_name)) AND walled.relkind = 'r'
          JOIN pg_class copied ON copied.relnamespace = to_regnamespace(quote_ident(made_schema)) AND copied.relname = walled.relname
         WHERE projection = of_projection AND state = 'serving';
        `;

const FIRST = /\n\s*BEGIN\n/;
const RETURNING = /RETURN made;/;

const portalOfSnapshot = '(SELECT array_agg(portal_id) FROM travel.snapshot known WHERE known.id = snapshot)';

/** What each function asks before anything else. A snapshot that is gone may be cleared away by anybody. */
const asking: [name: string, question: string][] = [
  ['log.append_one', 'PERFORM log.refuse_other_portals(ARRAY[p_portal]);\n'],
  ['log.append_alone', 'PERFORM log.refuse_other_portals(ARRAY[p_portal]);\n'],
  ['log.append_many', 'PERFORM log.refuse_other_portals(p_stream_portal);\n'],
  ['log.create_generation_tables', 'PERFORM log.refuse_other_portals(NULL);\n'],
  ['log.drop_generation', 'PERFORM log.refuse_other_portals(NULL);\n'],
  ['travel.create_schemas', `PERFORM log.refuse_other_portals(${portalOfSnapshot});\n`],
  ['travel.drop_snapshot', `PERFORM log.refuse_other_portals(coalesce(${portalOfSnapshot}, '{}'));\n`],
];

/** Changes a function where it stands: owner, rights and settings stay. */
async function change(runner: QueryRunner, name: string, edit: (definition: string) => string): Promise<void> {
  const rows = (await runner.query('SELECT pg_get_functiondef($1::regproc) AS definition', [name])) as {
    definition: string;
  }[];
  const definition = rows[0]?.definition ?? '';
  const changed = edit(definition);
  if (changed === definition) throw new Error(`The function ${name} is not as it was made`);
  await runner.query(changed);
}

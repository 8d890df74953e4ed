-- Roles of Funnelwatch, for an administrator of the server, when the login that runs "funnelwatch migrate" may not
-- create roles. May be run again. What the roles may do to which table is granted by "funnelwatch migrate".
-- This text is printed by "funnelwatch migrate --print-roles".

-- Groups.
DO $$ BEGIN CREATE ROLE funnelwatch_append NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_project NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_relay NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_read NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_erase NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_migrate NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_seal NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_open NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_capture NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_judge NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE funnelwatch_manage NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;

-- Logins; give each a password of its own: ALTER ROLE funnelwatch_api PASSWORD '…';
DO $$ BEGIN CREATE ROLE funnelwatch_ingest LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT funnelwatch_append, funnelwatch_relay, funnelwatch_seal, funnelwatch_capture TO funnelwatch_ingest;
DO $$ BEGIN CREATE ROLE funnelwatch_projector LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT funnelwatch_project, funnelwatch_open TO funnelwatch_projector;
DO $$ BEGIN CREATE ROLE funnelwatch_curator LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT funnelwatch_append, funnelwatch_project, funnelwatch_open, funnelwatch_judge TO funnelwatch_curator;
DO $$ BEGIN CREATE ROLE funnelwatch_api LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT funnelwatch_append, funnelwatch_open, funnelwatch_manage TO funnelwatch_api;
DO $$ BEGIN CREATE ROLE funnelwatch_operator LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT funnelwatch_append, funnelwatch_project, funnelwatch_relay, funnelwatch_read, funnelwatch_erase, funnelwatch_migrate, funnelwatch_seal, funnelwatch_open, funnelwatch_capture, funnelwatch_judge, funnelwatch_manage TO funnelwatch_operator;
DO $$ BEGIN CREATE ROLE funnelwatch_grafana LOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT funnelwatch_read TO funnelwatch_grafana;

-- Whoever uses Grafana may send any SQL.
ALTER ROLE funnelwatch_grafana CONNECTION LIMIT 20;
ALTER ROLE funnelwatch_grafana RESET ALL;
DO $$ BEGIN EXECUTE format('ALTER ROLE funnelwatch_grafana IN DATABASE %I RESET ALL', current_database()); END $$;
ALTER ROLE funnelwatch_grafana SET default_transaction_read_only = 'on';
ALTER ROLE funnelwatch_grafana SET statement_timeout = '30s';
ALTER ROLE funnelwatch_grafana SET jit = 'off';
ALTER ROLE funnelwatch_grafana SET work_mem = '64MB';
ALTER ROLE funnelwatch_grafana SET max_parallel_workers_per_gather = '0';
ALTER ROLE funnelwatch_grafana SET search_path = '';

-- Nobody writes but into our tables.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ DECLARE statement text; BEGIN
  FOR statement IN SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'pg_logical_emit_message')
  LOOP EXECUTE statement; END LOOP;
END $$;

-- The owner of all tables makes schemas. `operator` may migrate.
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO funnelwatch_migrate', current_database()); END $$;

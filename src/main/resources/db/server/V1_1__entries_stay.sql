-- An entry that stands is never changed and never leaves. Two locks, of which the second holds also where the first may not be
-- made: a role without these rights, which the service works as, and triggers that refuse everybody.

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_service') THEN
    CREATE ROLE holdfast_service NOLOGIN;
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE NOTICE 'may not create the role holdfast_service; the triggers on entry and node hold all the same';
  WHEN duplicate_object OR unique_violation THEN
    NULL; -- another database of this server was set up at the same time
END
$$;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_service') THEN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO holdfast_service', current_schema());
    GRANT SELECT, INSERT ON entry, node, content, once, sealed, case_key, head TO holdfast_service;
    -- The head moves; keys of cases are wrapped anew, or destroyed with what they sealed; texts can be erased.
    GRANT UPDATE ON head, case_key TO holdfast_service;
    GRANT DELETE ON case_key, sealed, content TO holdfast_service;
    REVOKE UPDATE, DELETE, TRUNCATE ON entry, node FROM holdfast_service;
    -- Tables of later versions: what they must not allow, their own migration takes away.
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO holdfast_service',
      current_schema());
  END IF;
END
$$;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_service') THEN
    -- Also to whoever made it: since version 16 that alone does not let anybody work as it.
    EXECUTE format('GRANT holdfast_service TO %I', current_user);
  END IF;
EXCEPTION
  WHEN insufficient_privilege THEN
    RAISE NOTICE 'may not join the role holdfast_service; grant it to the login of the service';
END
$$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what stands in the log is never changed and never deleted: % on %', TG_OP, TG_TABLE_NAME;
END
$$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER node_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON node
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

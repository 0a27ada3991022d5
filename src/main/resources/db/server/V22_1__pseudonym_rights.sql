-- Rows are written with their entry and go with its case; none is ever changed.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_service') THEN
    REVOKE UPDATE ON pseudonym FROM holdfast_service;
    GRANT SELECT, INSERT, DELETE ON pseudonym TO holdfast_service;
  END IF;
END
$$;

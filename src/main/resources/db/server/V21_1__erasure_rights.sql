-- The rows by which the calls of a shredded case would be recognised go with it.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'holdfast_service') THEN
    GRANT DELETE ON once TO holdfast_service;
  END IF;
END
$$;

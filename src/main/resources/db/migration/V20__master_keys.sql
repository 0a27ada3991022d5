-- Under which master key each case key is wrapped: empty for those that were wrapped before they named it.
ALTER TABLE case_key ADD COLUMN master VARCHAR(100) DEFAULT '' NOT NULL;
CREATE INDEX case_key_master ON case_key (master, case_id);

-- The vault's own secrets, each wrapped by a master key: what repeated calls are recognised by.
CREATE TABLE vault_secret (
  name    VARCHAR(40)  NOT NULL PRIMARY KEY,
  since   BIGINT       NOT NULL,
  wrapped ${blob}      NOT NULL,
  master  VARCHAR(100) NOT NULL
);

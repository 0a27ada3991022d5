-- Read alike by SQLite and PostgreSQL; io.holdfast.store.Engine says what the placeholders stand for.

-- The log itself: one row an entry, and the hash of every full subtree of 256, 65536, ... entries.
-- The service inserts into these two and reads them; it never updates or deletes.
CREATE TABLE entry (
  idx       ${index} NOT NULL PRIMARY KEY,
  leaf      ${blob}  NOT NULL,
  leaf_hash ${blob}  NOT NULL,
  jti       VARCHAR(36) NOT NULL UNIQUE,
  subject   VARCHAR(80) NOT NULL,
  control   SMALLINT NOT NULL
);
CREATE INDEX entry_subject ON entry (subject, idx);
CREATE INDEX entry_control ON entry (idx) WHERE control = 1;

CREATE TABLE node (
  level SMALLINT NOT NULL,
  idx   BIGINT   NOT NULL,
  hash  ${blob}  NOT NULL,
  PRIMARY KEY (level, idx)
) ${byKey};

-- The right edge of the tree. Its one row is also the lock under which the log grows. How often a writer has opened the log
-- is counted in it, so that opening is a write, after which no earlier commit of unknown outcome can still arrive.
CREATE TABLE head (
  id       SMALLINT NOT NULL PRIMARY KEY,
  size     BIGINT   NOT NULL,
  frontier ${blob}  NOT NULL,
  opened   BIGINT   NOT NULL
);

-- The sealed part, outside the log. Deleting the key of a case erases what the case sealed; the log stays valid.
CREATE TABLE case_key (
  case_id VARCHAR(80) NOT NULL PRIMARY KEY,
  wrapped ${blob}     NOT NULL
) ${byKey};
CREATE TABLE sealed (
  idx     ${index}    NOT NULL PRIMARY KEY,
  case_id VARCHAR(80) NOT NULL,
  box     ${blob}     NOT NULL
);

-- What entries name by digest: texts of holds, files of rulebooks.
CREATE TABLE content (
  name  VARCHAR(100) NOT NULL PRIMARY KEY,
  bytes ${blob}      NOT NULL
);

-- Repeated calls: keyed digests of the caller's key and of what was sent, and the entries of the first call.
CREATE TABLE once (
  call_key VARCHAR(64) NOT NULL PRIMARY KEY,
  content  VARCHAR(64) NOT NULL,
  idx      BIGINT      NOT NULL,
  entries  INTEGER     NOT NULL
) ${byKey};

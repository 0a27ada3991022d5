-- Cases whose key was destroyed, and the entry that says so. No key is ever taken for one of these again.
CREATE TABLE shredded (
  case_id VARCHAR(80) NOT NULL PRIMARY KEY,
  idx     BIGINT      NOT NULL
);

-- So that the calls of a case are found when it is shredded.
CREATE INDEX once_idx ON once (idx);

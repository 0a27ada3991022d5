-- Sealed parts of cases that wait to be handed over or deleted. A row stands and falls with the key of its case: the reference also
-- makes a row that is being written wait for a shredding that is under way, and the other way round.
CREATE TABLE spool (
  case_id VARCHAR(80) NOT NULL REFERENCES case_key (case_id) ON DELETE CASCADE,
  name    VARCHAR(80) NOT NULL,
  number  INTEGER     NOT NULL,
  box     ${blob}     NOT NULL,
  PRIMARY KEY (case_id, name, number)
);

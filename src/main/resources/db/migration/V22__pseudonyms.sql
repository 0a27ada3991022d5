-- By which officer and which accounts an entry is found. A tag is a keyed digest; its key is one of the vault's secrets, a new one
-- each quarter. Rows go when the case of their entry is shredded.
CREATE TABLE pseudonym (
  tag VARCHAR(22) NOT NULL,
  idx BIGINT      NOT NULL,
  PRIMARY KEY (tag, idx)
) ${byKey};

-- So that the rows of a case are found when it is shredded.
CREATE INDEX pseudonym_idx ON pseudonym (idx);

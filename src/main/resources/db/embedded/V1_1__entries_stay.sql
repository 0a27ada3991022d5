-- An entry that stands is never changed and never leaves. What only the owner of the file could do anyway is at least never done
-- by a mistake of this program.
CREATE TRIGGER entry_is_not_changed BEFORE UPDATE ON entry BEGIN
  SELECT RAISE(ABORT, 'entries of the log are never changed');
END;
CREATE TRIGGER entry_is_not_deleted BEFORE DELETE ON entry BEGIN
  SELECT RAISE(ABORT, 'entries of the log are never deleted');
END;
CREATE TRIGGER node_is_not_changed BEFORE UPDATE ON node BEGIN
  SELECT RAISE(ABORT, 'hashes of the log are never changed');
END;
CREATE TRIGGER node_is_not_deleted BEFORE DELETE ON node BEGIN
  SELECT RAISE(ABORT, 'hashes of the log are never deleted');
END;

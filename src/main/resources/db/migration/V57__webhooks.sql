-- Up to where in the log each receiver of events has been sent them. The log itself is the outbox.
CREATE TABLE webhook_place (
  receiver VARCHAR(64) NOT NULL PRIMARY KEY,
  next     BIGINT      NOT NULL
);

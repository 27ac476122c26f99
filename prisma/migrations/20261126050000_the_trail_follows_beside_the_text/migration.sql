-- How far the trail names the edit history of a text stands in a row of its own. In the row of the document it made
-- whoever typed wait: naming takes one entry an author, and held the lock that every letter needs until its commit.
--
-- Order of locks: the document (freezing, agreeing), then this row, then the head of the log.
CREATE TABLE document_recorded (
  document_id UUID NOT NULL,
  up_to INTEGER NOT NULL,
  CONSTRAINT document_recorded_pkey PRIMARY KEY (document_id),
  CONSTRAINT document_recorded_document_id_fkey FOREIGN KEY (document_id) REFERENCES document(id) ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO document_recorded SELECT id, audited_to FROM document;
ALTER TABLE document DROP COLUMN audited_to;

CREATE TRIGGER append_only BEFORE DELETE ON document_recorded FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON document_recorded FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

GRANT SELECT, INSERT, UPDATE (up_to) ON document_recorded TO jit_runtime;

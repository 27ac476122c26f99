-- An annex is a document like the arrangement, with a history, agreement and versions of its own.
ALTER TABLE document ADD COLUMN "annex" TEXT, ADD COLUMN "about" TEXT;
ALTER TABLE document ADD CONSTRAINT document_annex_is_numbered
  CHECK ((kind = 'annex') = (annex IS NOT NULL) AND annex ~ '^A\d{1,2}(-\d{1,3})?$');
-- Two people who start the same annex at once start one.
CREATE UNIQUE INDEX "document_jit_id_annex_key" ON document("jit_id", "annex");

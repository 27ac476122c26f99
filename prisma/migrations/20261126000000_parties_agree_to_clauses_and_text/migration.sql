-- A party's yes to a clause or to the whole text, by digest. Rows are only added: a yes is voided by the text moving on.
CREATE TABLE "assent" (
  "id" BIGSERIAL NOT NULL,
  "jit_id" UUID NOT NULL,
  "document_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "clause_id" TEXT,
  "digest" TEXT,
  "party_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "assent_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "assent_document_id_version_idx" ON "assent"("document_id", "version");
ALTER TABLE "assent" ADD CONSTRAINT "assent_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "assent" ADD CONSTRAINT "assent_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "assent" ADD CONSTRAINT "assent_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON assent DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON assent FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON assent FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
GRANT SELECT, INSERT ON assent TO jit_runtime;
GRANT USAGE ON SEQUENCE assent_id_seq TO jit_runtime;

CREATE TABLE "clause_comparison" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "document_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "clause_id" TEXT NOT NULL,
  "language" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "clause_comparison_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "clause_comparison_document_id_idx" ON "clause_comparison"("document_id");

ALTER TABLE "clause_comparison" ADD CONSTRAINT "clause_comparison_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "clause_comparison" ADD CONSTRAINT "clause_comparison_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON clause_comparison DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON clause_comparison FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON clause_comparison FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
GRANT SELECT, INSERT ON clause_comparison TO jit_runtime;

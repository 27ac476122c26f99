CREATE TABLE "finding_override" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "document_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "rule" TEXT NOT NULL,
  "basis" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "finding_override_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "finding_override_document_id_basis_key" ON "finding_override"("document_id", "basis");

ALTER TABLE "finding_override" ADD CONSTRAINT "finding_override_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "finding_override" ADD CONSTRAINT "finding_override_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON finding_override DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON finding_override FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON finding_override FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
GRANT SELECT, INSERT ON finding_override TO jit_runtime;

-- The PDF of an arrangement in force, signed and timestamped by the installation. Made once and never again: a second
-- seal would be another file, and everybody must hold the same.
CREATE TABLE "sealed_pdf" (
  "frozen_text_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "bytes" BYTEA NOT NULL,
  "base_length" INTEGER NOT NULL,
  "base_digest" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "sealed_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "sealed_pdf_pkey" PRIMARY KEY ("frozen_text_id")
);
ALTER TABLE "sealed_pdf" ADD CONSTRAINT "sealed_pdf_frozen_text_id_fkey" FOREIGN KEY ("frozen_text_id") REFERENCES "frozen_text"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON sealed_pdf DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON sealed_pdf FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON sealed_pdf FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
GRANT SELECT, INSERT ON sealed_pdf TO jit_runtime;

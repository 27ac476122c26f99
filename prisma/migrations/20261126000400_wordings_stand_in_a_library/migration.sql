-- The clause library: an entry, its versions, and its retirements and returns. Rows of all three are only added.
CREATE TABLE "library_clause" (
  "id" UUID NOT NULL,
  "reference" TEXT NOT NULL,
  "added_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "library_clause_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "library_clause_reference_key" ON "library_clause"("reference");

CREATE TABLE "library_version" (
  "clause_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "topic" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "wordings" JSONB NOT NULL,
  "source" TEXT NOT NULL,
  "when_to_use" TEXT NOT NULL,
  "searchable" TEXT NOT NULL,
  "person_id" UUID,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "library_version_pkey" PRIMARY KEY ("clause_id", "number")
);

CREATE TABLE "library_standing" (
  "id" BIGSERIAL NOT NULL,
  "clause_id" UUID NOT NULL,
  "retired" BOOLEAN NOT NULL,
  "reason" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "library_standing_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "library_standing_clause_id_idx" ON "library_standing"("clause_id");

ALTER TABLE "library_version" ADD CONSTRAINT "library_version_clause_id_fkey" FOREIGN KEY ("clause_id") REFERENCES "library_clause"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "library_version" ADD CONSTRAINT "library_version_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "library_standing" ADD CONSTRAINT "library_standing_clause_id_fkey" FOREIGN KEY ("clause_id") REFERENCES "library_clause"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "library_standing" ADD CONSTRAINT "library_standing_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  v_table TEXT;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['library_clause', 'library_version', 'library_standing'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(''platform'')', v_table);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit.refuse()', v_table);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', v_table);
  END LOOP;
END
$$;
GRANT SELECT, INSERT ON library_clause, library_version, library_standing TO jit_runtime;
GRANT USAGE ON SEQUENCE library_standing_id_seq TO jit_runtime;

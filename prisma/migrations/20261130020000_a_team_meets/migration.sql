-- When a team meets, who is asked, who was there, and the minutes. What is said of a meeting is never overwritten: each
-- change is an edition of its own, so that an agenda or a list of those present that was altered afterwards stays visible.
CREATE TABLE "meeting" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "minutes_id" UUID,
  CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "meeting_edition" (
  "meeting_id" UUID NOT NULL,
  "edition" INTEGER NOT NULL,
  "jit_id" UUID NOT NULL,
  "values" JSONB NOT NULL,
  "starts_at" TIMESTAMPTZ(3) NOT NULL,
  "ends_at" TIMESTAMPTZ(3) NOT NULL,
  "written_at" TIMESTAMPTZ(3) NOT NULL,
  "written_by_id" UUID NOT NULL,
  CONSTRAINT "meeting_edition_pkey" PRIMARY KEY ("meeting_id", "edition"),
  CONSTRAINT meeting_ends_after_it_starts CHECK (ends_at > starts_at)
);
CREATE UNIQUE INDEX "meeting_jit_id_number_key" ON "meeting"("jit_id", "number");
CREATE UNIQUE INDEX "meeting_minutes_id_key" ON "meeting"("minutes_id");
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_minutes_id_fkey" FOREIGN KEY ("minutes_id") REFERENCES "document"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "meeting_edition" ADD CONSTRAINT "meeting_edition_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "meeting_edition" ADD CONSTRAINT "meeting_edition_written_by_id_fkey" FOREIGN KEY ("written_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "decision" ADD COLUMN "meeting_id" UUID;
ALTER TABLE "decision" ADD CONSTRAINT "decision_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meeting"("id") ON DELETE SET NULL ON UPDATE CASCADE;

DO $$ DECLARE v_table TEXT; BEGIN
  FOREACH v_table IN ARRAY ARRAY['meeting', 'meeting_edition'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(''jit_id'')', v_table);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON meeting TO jit_runtime;
GRANT SELECT, INSERT ON meeting_edition TO jit_runtime;

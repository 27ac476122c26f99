-- The operational action plan of a team: the rows of its tables, and which action waits for which.
CREATE TABLE "plan_row" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "code" TEXT NOT NULL,
  "line_id" UUID,
  "party_id" UUID,
  "member_id" UUID,
  "values" JSONB NOT NULL,
  "starts_at" TIMESTAMPTZ(3),
  "late_from" TIMESTAMPTZ(3),
  "handling" TEXT NOT NULL,
  "handling_party_id" UUID,
  "added_at" TIMESTAMPTZ(3) NOT NULL,
  "added_by_id" UUID NOT NULL,
  "removed_at" TIMESTAMPTZ(3),
  "removed_by_id" UUID,
  "removed_reason" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "plan_row_pkey" PRIMARY KEY ("id"),
  CONSTRAINT plan_row_kind_is_known CHECK (kind IN ('line', 'action', 'command', 'contact', 'interception', 'dayStep',
    'risk', 'resource', 'review', 'fallback')),
  CONSTRAINT plan_action_has_a_line CHECK ((kind = 'action') = (line_id IS NOT NULL)),
  CONSTRAINT plan_handling_names_its_party
    CHECK ((handling IN ('NATIONAL-ONLY', 'SOURCE-PROTECTED')) = (handling_party_id IS NOT NULL)),
  CONSTRAINT plan_row_is_removed_with_a_reason CHECK ((removed_at IS NULL) = (removed_reason = ''))
);
CREATE TABLE "plan_wait" (
  "action_id" UUID NOT NULL,
  "after_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  CONSTRAINT "plan_wait_pkey" PRIMARY KEY ("action_id", "after_id"),
  CONSTRAINT plan_action_waits_for_another CHECK (action_id <> after_id)
);
CREATE UNIQUE INDEX "plan_row_jit_id_kind_code_key" ON "plan_row"("jit_id", "kind", "code");
CREATE INDEX "plan_wait_after_id_idx" ON "plan_wait"("after_id");
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_line_id_fkey" FOREIGN KEY ("line_id") REFERENCES "plan_row"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_handling_party_id_fkey" FOREIGN KEY ("handling_party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_row" ADD CONSTRAINT "plan_row_removed_by_id_fkey" FOREIGN KEY ("removed_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_wait" ADD CONSTRAINT "plan_wait_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "plan_row"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_wait" ADD CONSTRAINT "plan_wait_after_id_fkey" FOREIGN KEY ("after_id") REFERENCES "plan_row"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$ DECLARE v_table TEXT; BEGIN
  FOREACH v_table IN ARRAY ARRAY['plan_row', 'plan_wait'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(''jit_id'')', v_table);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON plan_row TO jit_runtime;
GRANT SELECT, INSERT, DELETE ON plan_wait TO jit_runtime;

-- The leaders approve the operational plan: a round is about one digest, and an approval names the digest of its round,
-- so that nobody's approval counts for other words. That at most one round is open follows from the team's row, which
-- every change of the plan and every approval holds. A version keeps the very bytes of which the digest was taken.
CREATE TABLE "plan_round" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "digest" TEXT NOT NULL,
  "opened_at" TIMESTAMPTZ(3) NOT NULL,
  "voided_at" TIMESTAMPTZ(3),
  "approved_at" TIMESTAMPTZ(3),
  CONSTRAINT "plan_round_pkey" PRIMARY KEY ("id"),
  CONSTRAINT plan_round_ends_in_one_way CHECK (voided_at IS NULL OR approved_at IS NULL)
);
CREATE TABLE "plan_approval" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "round_id" UUID NOT NULL,
  "digest" TEXT NOT NULL,
  "party_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "plan_approval_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "plan_version" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "round_id" UUID NOT NULL,
  "digest" TEXT NOT NULL,
  "canonical" TEXT NOT NULL,
  "approved_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "plan_version_pkey" PRIMARY KEY ("id"),
  CONSTRAINT plan_version_is_what_its_digest_says
    CHECK (digest = encode(sha256(convert_to(canonical, 'UTF8')), 'hex'))
);
-- The word of one person on the go of a State for a day of action; the last word of each counts, none is overwritten.
CREATE TABLE "plan_day_word" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "day" TEXT NOT NULL,
  "party_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "word" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "key" UUID NOT NULL,
  "pressed_at" TIMESTAMPTZ(3),
  "said_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "plan_day_word_pkey" PRIMARY KEY ("id"),
  CONSTRAINT plan_day_is_a_day CHECK (day ~ '^\d{4}-\d\d-\d\d$'),
  CONSTRAINT plan_day_word_is_known CHECK (word IN ('go', 'noGo', 'withdrawn')),
  CONSTRAINT plan_no_go_has_a_reason CHECK (word <> 'noGo' OR reason <> '')
);
CREATE UNIQUE INDEX "plan_round_jit_id_number_key" ON "plan_round"("jit_id", "number");
CREATE UNIQUE INDEX "plan_round_id_digest_key" ON "plan_round"("id", "digest");
CREATE UNIQUE INDEX "plan_approval_round_id_party_id_key" ON "plan_approval"("round_id", "party_id");
CREATE UNIQUE INDEX "plan_version_jit_id_number_key" ON "plan_version"("jit_id", "number");
CREATE UNIQUE INDEX "plan_version_round_id_digest_key" ON "plan_version"("round_id", "digest");
CREATE UNIQUE INDEX "plan_day_word_jit_id_number_key" ON "plan_day_word"("jit_id", "number");
CREATE UNIQUE INDEX "plan_day_word_jit_id_key_key" ON "plan_day_word"("jit_id", "key");
CREATE INDEX "plan_day_word_jit_id_day_idx" ON "plan_day_word"("jit_id", "day");
ALTER TABLE "plan_round" ADD CONSTRAINT "plan_round_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_approval" ADD CONSTRAINT "plan_approval_round_id_digest_fkey" FOREIGN KEY ("round_id", "digest") REFERENCES "plan_round"("id", "digest") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_approval" ADD CONSTRAINT "plan_approval_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_approval" ADD CONSTRAINT "plan_approval_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_version" ADD CONSTRAINT "plan_version_round_id_digest_fkey" FOREIGN KEY ("round_id", "digest") REFERENCES "plan_round"("id", "digest") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_day_word" ADD CONSTRAINT "plan_day_word_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_day_word" ADD CONSTRAINT "plan_day_word_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plan_day_word" ADD CONSTRAINT "plan_day_word_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$ DECLARE v_table TEXT; BEGIN
  FOREACH v_table IN ARRAY ARRAY['plan_round', 'plan_approval', 'plan_version', 'plan_day_word'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(''jit_id'')', v_table);
  END LOOP;
END $$;
GRANT SELECT, INSERT ON plan_round, plan_approval, plan_version, plan_day_word TO jit_runtime;
-- What a round is about stays; only how it ended is written to it.
GRANT UPDATE (voided_at, approved_at) ON plan_round TO jit_runtime;

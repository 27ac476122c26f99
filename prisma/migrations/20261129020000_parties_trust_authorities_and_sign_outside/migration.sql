-- Authorities whose certificates a party signs under outside of the product: registered by one person of the party,
-- approved by another, revoked with a reason. What counts is read from the steps; no row is ever changed.
CREATE TABLE "trust_anchor" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "party_id" UUID NOT NULL,
  "der" BYTEA NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "key_kind" TEXT NOT NULL,
  "not_before" TIMESTAMPTZ(3) NOT NULL,
  "not_after" TIMESTAMPTZ(3) NOT NULL,
  "source" TEXT NOT NULL,
  "member_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "trust_anchor_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "trust_anchor_party_id_idx" ON "trust_anchor"("party_id");
CREATE TABLE "anchor_step" (
  "anchor_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "jit_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "reason" TEXT NOT NULL DEFAULT '',
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "anchor_step_pkey" PRIMARY KEY ("anchor_id", "kind"),
  CONSTRAINT anchor_step_is_one_of_two CHECK (kind IN ('approved', 'revoked'))
);

-- The file that is signed outside: revision 0 is the paper, and each further one is the one before with one signature more.
CREATE TABLE "pdf_revision" (
  "frozen_text_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "jit_id" UUID NOT NULL,
  "bytes" BYTEA NOT NULL,
  "sha256" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "pdf_revision_pkey" PRIMARY KEY ("frozen_text_id", "number")
);
CREATE TABLE "pdf_checkout" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "frozen_text_id" UUID NOT NULL,
  "slot_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "until" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "pdf_checkout_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "pdf_checkout_frozen_text_id_idx" ON "pdf_checkout"("frozen_text_id");
CREATE TABLE "outside_signature" (
  "signature_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "slot_id" UUID NOT NULL,
  "anchor_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "bytes" BYTEA NOT NULL,
  "sha256" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "subject" TEXT NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "claimed_at" TIMESTAMPTZ(3),
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "outside_signature_pkey" PRIMARY KEY ("signature_id"),
  CONSTRAINT outside_signature_is_one_of_three CHECK (kind IN ('chain', 'moved', 'late'))
);
ALTER TABLE "trust_anchor" ADD CONSTRAINT "trust_anchor_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trust_anchor" ADD CONSTRAINT "trust_anchor_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "anchor_step" ADD CONSTRAINT "anchor_step_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "trust_anchor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "anchor_step" ADD CONSTRAINT "anchor_step_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pdf_revision" ADD CONSTRAINT "pdf_revision_frozen_text_id_fkey" FOREIGN KEY ("frozen_text_id") REFERENCES "frozen_text"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pdf_checkout" ADD CONSTRAINT "pdf_checkout_frozen_text_id_fkey" FOREIGN KEY ("frozen_text_id") REFERENCES "frozen_text"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "pdf_checkout" ADD CONSTRAINT "pdf_checkout_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "signature_slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "outside_signature" ADD CONSTRAINT "outside_signature_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "outside_signature" ADD CONSTRAINT "outside_signature_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "signature_slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "outside_signature" ADD CONSTRAINT "outside_signature_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "trust_anchor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$ DECLARE v_table TEXT; BEGIN
  FOREACH v_table IN ARRAY ARRAY['trust_anchor', 'anchor_step', 'pdf_revision', 'pdf_checkout', 'outside_signature'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(''jit_id'')', v_table);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit.refuse()', v_table);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', v_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO jit_runtime', v_table);
  END LOOP;
END $$;

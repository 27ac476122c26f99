-- The slots of a party stand in an order and have a role, ways to sign and a deadline; a signature can be taken back, a
-- slot given to another with a mandate, and a paper original handed in. What was signed before are signatories' slots.
ALTER TABLE "signature_slot" ADD COLUMN "role" TEXT NOT NULL DEFAULT 'signatory';
ALTER TABLE "signature_slot" ADD COLUMN "position" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "signature_slot" ADD COLUMN "methods" TEXT[] DEFAULT ARRAY['workspace']::TEXT[];
ALTER TABLE "signature_slot" ADD COLUMN "due_at" TIMESTAMPTZ(3);
ALTER TABLE "signature_slot" ADD COLUMN "time_zone" TEXT NOT NULL DEFAULT 'UTC';
ALTER TABLE "signature_slot" ADD COLUMN "reason" TEXT NOT NULL DEFAULT '';
ALTER TABLE "signature_slot" ADD CONSTRAINT signature_slot_is_of_a_known_kind CHECK (
  role IN ('visa', 'countersignatory', 'signatory', 'copy')
  AND state IN ('waiting', 'checking', 'signed', 'declined', 'void', 'copy'));
UPDATE signature_slot s SET position = n.place FROM (
  SELECT id, row_number() OVER (PARTITION BY frozen_text_id, party_id ORDER BY id) - 1 AS place FROM signature_slot) n
 WHERE n.id = s.id;

-- One signature a slot and turn: who takes the own back may sign again, and two at once can never both be kept.
ALTER TABLE "signature" ADD COLUMN "turn" INTEGER NOT NULL DEFAULT 1;
ALTER TABLE "signature" ADD COLUMN "method" TEXT NOT NULL DEFAULT 'workspace';
ALTER TABLE "signature" ALTER COLUMN "level" DROP NOT NULL;
DROP INDEX "signature_slot_id_key";
CREATE UNIQUE INDEX "signature_slot_id_turn_key" ON "signature"("slot_id", "turn");

CREATE TABLE "signature_withdrawal" (
  "signature_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "signature_withdrawal_pkey" PRIMARY KEY ("signature_id")
);
ALTER TABLE "signature_withdrawal" ADD CONSTRAINT "signature_withdrawal_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who is delegated to may not delegate further: one row a slot.
CREATE TABLE "slot_delegation" (
  "slot_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "from_member_id" UUID NOT NULL,
  "to_member_id" UUID NOT NULL,
  "mandate" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "slot_delegation_pkey" PRIMARY KEY ("slot_id")
);
ALTER TABLE "slot_delegation" ADD CONSTRAINT "slot_delegation_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "signature_slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "slot_delegation" ADD CONSTRAINT "slot_delegation_from_member_id_fkey" FOREIGN KEY ("from_member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "slot_delegation" ADD CONSTRAINT "slot_delegation_to_member_id_fkey" FOREIGN KEY ("to_member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The scan of a paper that somebody signed in ink, exactly as it was handed in, and what became of it.
CREATE TABLE "paper_original" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "slot_id" UUID NOT NULL,
  "turn" INTEGER NOT NULL,
  "bytes" BYTEA NOT NULL,
  "type" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "pages" INTEGER NOT NULL,
  "signatory" TEXT NOT NULL,
  "capacity" TEXT NOT NULL,
  "place" TEXT NOT NULL,
  "signed_on" TEXT NOT NULL,
  "member_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "paper_original_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "paper_original_slot_id_turn_key" ON "paper_original"("slot_id", "turn");
ALTER TABLE "paper_original" ADD CONSTRAINT "paper_original_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "signature_slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "paper_original" ADD CONSTRAINT "paper_original_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "paper_check" (
  "original_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "verdict" TEXT NOT NULL,
  "member_id" UUID NOT NULL,
  "party_id" UUID NOT NULL,
  "signature_id" UUID,
  "reason" TEXT NOT NULL DEFAULT '',
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "paper_check_pkey" PRIMARY KEY ("original_id"),
  CONSTRAINT paper_check_is_one_of_three CHECK (verdict IN ('confirmed', 'refused', 'withdrawn'))
);
CREATE UNIQUE INDEX "paper_check_signature_id_key" ON "paper_check"("signature_id");
ALTER TABLE "paper_check" ADD CONSTRAINT "paper_check_original_id_fkey" FOREIGN KEY ("original_id") REFERENCES "paper_original"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "paper_check" ADD CONSTRAINT "paper_check_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "paper_check" ADD CONSTRAINT "paper_check_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "paper_check" ADD CONSTRAINT "paper_check_signature_id_fkey" FOREIGN KEY ("signature_id") REFERENCES "signature"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Approvals that the law of a party asks for: what was recorded last for a party and body counts.
CREATE TABLE "approval" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "party_id" UUID NOT NULL,
  "body" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "reference" TEXT NOT NULL DEFAULT '',
  "day" TEXT NOT NULL,
  "member_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "approval_pkey" PRIMARY KEY ("id"),
  CONSTRAINT approval_is_one_of_three CHECK (status IN ('asked', 'given', 'refused'))
);
CREATE INDEX "approval_jit_id_idx" ON "approval"("jit_id");
ALTER TABLE "approval" ADD CONSTRAINT "approval_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval" ADD CONSTRAINT "approval_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$ DECLARE v_table TEXT; BEGIN
  FOREACH v_table IN ARRAY ARRAY['signature_withdrawal', 'slot_delegation', 'paper_original', 'paper_check', 'approval'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(''jit_id'')', v_table);
    EXECUTE format('CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION audit.refuse()', v_table);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', v_table);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO jit_runtime', v_table);
  END LOOP;
END $$;

-- What is decided about an arrangement in force. Its state follows from these instants and the clock.
ALTER TABLE document ADD COLUMN "ends_early" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "suspended_from" TIMESTAMPTZ(3), ADD COLUMN "suspended_until" TIMESTAMPTZ(3);
DROP TRIGGER audited ON document;
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR DELETE OR UPDATE OF jit_id, kind, state, template, version, epoch, state_since,
  in_force_at, expires_at, reference_time_zone, ends_early, suspended_from, suspended_until ON document
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');

-- A party that is joining is bound, and has access, only from the last signature under the annex named here.
ALTER TABLE party ADD COLUMN "acceding_by_id" UUID;
ALTER TABLE party ADD CONSTRAINT "party_acceding_by_id_fkey" FOREIGN KEY ("acceding_by_id") REFERENCES "document"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The list of members (annex A1) changes by written notice: each notice makes a version, which keeps the whole list.
CREATE TABLE "member_notice" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "kind" TEXT NOT NULL,
  "party_id" UUID,
  "member_id" UUID,
  "given_by_id" UUID,
  "given_at" TIMESTAMPTZ(3) NOT NULL,
  "holds_from" TIMESTAMPTZ(3) NOT NULL,
  "words" TEXT NOT NULL DEFAULT '',
  "list" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  CONSTRAINT "member_notice_pkey" PRIMARY KEY ("id"),
  CONSTRAINT member_notice_is_by_someone CHECK ((kind = 'signed') = (party_id IS NULL) AND (kind = 'signed') = (given_by_id IS NULL))
);
CREATE UNIQUE INDEX "member_notice_jit_id_version_key" ON "member_notice"("jit_id", "version");
ALTER TABLE "member_notice" ADD CONSTRAINT "member_notice_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "member_notice" ADD CONSTRAINT "member_notice_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "member_notice" ADD CONSTRAINT "member_notice_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "member_notice" ADD CONSTRAINT "member_notice_given_by_id_fkey" FOREIGN KEY ("given_by_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON member_notice DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON member_notice FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON member_notice FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
GRANT SELECT, INSERT ON member_notice TO jit_runtime;

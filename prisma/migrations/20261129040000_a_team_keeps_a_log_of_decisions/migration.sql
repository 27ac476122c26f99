-- What a team decided, why, by whom and against whom. A row is never changed: a correction is a decision of its own.
CREATE TABLE "decision" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "topic" TEXT NOT NULL,
  "words" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "dissent" TEXT NOT NULL DEFAULT '',
  "decided_on" TEXT NOT NULL,
  "time_zone" TEXT NOT NULL,
  "decided_at" TIMESTAMPTZ(3) NOT NULL,
  "parties" UUID[],
  "members" UUID[],
  "clauses" TEXT[],
  "tasks" TEXT[],
  "corrects_id" UUID,
  "recorded_at" TIMESTAMPTZ(3) NOT NULL,
  "recorded_by_id" UUID NOT NULL,
  CONSTRAINT "decision_pkey" PRIMARY KEY ("id"),
  CONSTRAINT decision_names_who_decided CHECK (
    num_nulls(parties, members, clauses, tasks) = 0 AND cardinality(parties) + cardinality(members) > 0)
);
CREATE UNIQUE INDEX "decision_jit_id_number_key" ON "decision"("jit_id", "number");
ALTER TABLE "decision" ADD CONSTRAINT "decision_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "decision" ADD CONSTRAINT "decision_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "decision" ADD CONSTRAINT "decision_recorded_by_id_fkey" FOREIGN KEY ("recorded_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON decision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');
GRANT SELECT, INSERT ON decision TO jit_runtime;

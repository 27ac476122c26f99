-- What a field of a card said before and after a change. Not in the trail: whoever reads the trail need not be one to
-- whom the handling code of the card shows it. Each row keeps who could see the card before and after (handling.ts).
CREATE TABLE "task_change" (
  "id" UUID NOT NULL,
  "task_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "fields" JSONB NOT NULL,
  "kept_before" JSONB NOT NULL,
  "kept_after" JSONB NOT NULL,
  CONSTRAINT "task_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "task_change_task_id_idx" ON "task_change"("task_id");
ALTER TABLE "task_change" ADD CONSTRAINT "task_change_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON "task_change" DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('jit_id');
GRANT SELECT, INSERT ON task_change TO jit_runtime;

-- A card is put between two others without reading the column: keys compare by code unit (order.ts).
DROP INDEX "task_column_id_idx";
ALTER TABLE "task" ALTER COLUMN "order_key" TYPE TEXT COLLATE "C";
CREATE INDEX "task_column_id_order_key_id_idx" ON "task"("column_id", "order_key", "id");

-- The entries about one card, for its history.
CREATE INDEX entry_task_idx ON audit.entry (log, ((body::jsonb) #>> '{facts,task}'), seq)
  WHERE (body::jsonb) #>> '{facts,task}' IS NOT NULL;

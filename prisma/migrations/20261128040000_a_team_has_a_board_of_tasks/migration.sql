-- The board of a team: columns, cards, their steps, comments and what they belong to.
CREATE TABLE "board_column" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "kind" TEXT,
  "name" TEXT NOT NULL DEFAULT '',
  "card_limit" INTEGER,
  "order_key" TEXT NOT NULL,
  "deleted_at" TIMESTAMPTZ(3),
  "moved_to_id" UUID,
  CONSTRAINT "board_column_pkey" PRIMARY KEY ("id"),
  CONSTRAINT board_column_is_named CHECK (kind IS NOT NULL OR name <> '')
);
CREATE TABLE "task" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "number" INTEGER NOT NULL,
  "column_id" UUID NOT NULL,
  "order_key" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "party_id" UUID,
  "member_id" UUID,
  "start" TEXT NOT NULL DEFAULT '',
  "due" TEXT NOT NULL DEFAULT '',
  "time_zone" TEXT NOT NULL,
  "starts_at" TIMESTAMPTZ(3),
  "late_from" TIMESTAMPTZ(3),
  "priority" TEXT NOT NULL,
  "handling" TEXT NOT NULL,
  "handling_party_id" UUID,
  "coercive" BOOLEAN NOT NULL DEFAULT false,
  "authorisation" TEXT NOT NULL DEFAULT '',
  "blocked_reason" TEXT NOT NULL DEFAULT '',
  "moved_at" TIMESTAMPTZ(3) NOT NULL,
  "added_at" TIMESTAMPTZ(3) NOT NULL,
  "added_by_id" UUID NOT NULL,
  CONSTRAINT "task_pkey" PRIMARY KEY ("id"),
  CONSTRAINT task_handling_names_its_party
    CHECK ((handling IN ('NATIONAL-ONLY', 'SOURCE-PROTECTED')) = (handling_party_id IS NOT NULL))
);
CREATE TABLE "task_step" (
  "id" UUID NOT NULL,
  "task_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "words" TEXT NOT NULL,
  "member_id" UUID,
  "done_at" TIMESTAMPTZ(3),
  "done_by_id" UUID,
  CONSTRAINT "task_step_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "task_comment" (
  "id" UUID NOT NULL,
  "task_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "words" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "task_comment_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "task_link" (
  "task_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "reference" TEXT NOT NULL,
  "jit_id" UUID NOT NULL,
  CONSTRAINT "task_link_pkey" PRIMARY KEY ("task_id", "kind", "reference")
);
CREATE INDEX "board_column_jit_id_idx" ON "board_column"("jit_id");
CREATE INDEX "task_column_id_idx" ON "task"("column_id");
CREATE INDEX "task_member_id_idx" ON "task"("member_id");
CREATE UNIQUE INDEX "task_jit_id_number_key" ON "task"("jit_id", "number");
CREATE INDEX "task_step_task_id_idx" ON "task_step"("task_id");
CREATE INDEX "task_step_member_id_idx" ON "task_step"("member_id");
CREATE INDEX "task_comment_task_id_idx" ON "task_comment"("task_id");
ALTER TABLE "board_column" ADD CONSTRAINT "board_column_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "task" ADD CONSTRAINT "task_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "task" ADD CONSTRAINT "task_column_id_fkey" FOREIGN KEY ("column_id") REFERENCES "board_column"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "task" ADD CONSTRAINT "task_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "task" ADD CONSTRAINT "task_handling_party_id_fkey" FOREIGN KEY ("handling_party_id") REFERENCES "party"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "task" ADD CONSTRAINT "task_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "task" ADD CONSTRAINT "task_added_by_id_fkey" FOREIGN KEY ("added_by_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "task_step" ADD CONSTRAINT "task_step_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "task_step" ADD CONSTRAINT "task_step_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "task_step" ADD CONSTRAINT "task_step_done_by_id_fkey" FOREIGN KEY ("done_by_id") REFERENCES "member"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "task_comment" ADD CONSTRAINT "task_comment_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "task_comment" ADD CONSTRAINT "task_comment_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "task_link" ADD CONSTRAINT "task_link_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Teams that are there already get the four columns every team begins with.
INSERT INTO board_column (id, jit_id, kind, order_key)
  SELECT gen_random_uuid(), j.id, k.kind, k.key
    FROM jit j, (VALUES ('todo', 'a0'), ('doing', 'a1'), ('blocked', 'a2'), ('done', 'a3')) AS k (kind, key);

DO $$ DECLARE v_table TEXT; BEGIN
  FOREACH v_table IN ARRAY ARRAY['board_column', 'task', 'task_step', 'task_comment', 'task_link'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(''jit_id'')', v_table);
  END LOOP;
END $$;
GRANT SELECT, INSERT, UPDATE ON board_column, task TO jit_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON task_step, task_link TO jit_runtime;
GRANT SELECT, INSERT ON task_comment TO jit_runtime;

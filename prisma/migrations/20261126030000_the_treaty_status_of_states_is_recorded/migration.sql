-- What this installation knows of the status of States under the Convention: one row for each time it was recorded, the
-- highest number of a State counts. Rows are only added.
CREATE TABLE "treaty_status" (
  "state" CHAR(2) NOT NULL,
  "number" INTEGER NOT NULL,
  "party" TEXT NOT NULL,
  "in_force_on" DATE,
  "declarations" JSONB NOT NULL,
  "source" TEXT NOT NULL,
  "looked_up_on" DATE NOT NULL,
  "person_id" UUID NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "treaty_status_pkey" PRIMARY KEY ("state", "number"),
  CONSTRAINT "treaty_status_party_check" CHECK ("party" IN ('yes', 'no', 'unknown')),
  CONSTRAINT "treaty_status_in_force_on_check" CHECK (("party" = 'yes') = ("in_force_on" IS NOT NULL))
);

ALTER TABLE "treaty_status" ADD CONSTRAINT "treaty_status_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR UPDATE OR DELETE ON treaty_status DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.require_entry('platform');
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON treaty_status FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON treaty_status FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
GRANT SELECT, INSERT ON treaty_status TO jit_runtime;

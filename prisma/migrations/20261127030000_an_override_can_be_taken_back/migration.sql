-- Taking an override back is a row of its own; of the rows for one finding the last counts. Rows are only added.
ALTER TABLE finding_override ADD COLUMN "taken_back" BOOLEAN NOT NULL DEFAULT false;
DROP INDEX "finding_override_document_id_basis_key";
CREATE INDEX "finding_override_document_id_basis_idx" ON "finding_override"("document_id", "basis");

-- Whoever checks a sealed PDF years later needs the certificates under which it was made, also after a rotation.
ALTER TABLE "sealed_pdf" ADD COLUMN "authority" BYTEA, ADD COLUMN "stamps" BYTEA;

-- Second factors: passkeys, codes of an authenticator app, recovery codes; and what a signature was confirmed with.

-- level: what the sign-in was proven with. confirmed_at: when its owner last proved to be there, to change factors.
ALTER TABLE "session" ADD COLUMN "level" TEXT NOT NULL DEFAULT 'password';
ALTER TABLE "session" ADD COLUMN "confirmed_at" TIMESTAMPTZ(3);

-- assertion: the answer of the passkey, canonical JSON. What was signed before had the password alone.
ALTER TABLE "signature" ADD COLUMN "level" TEXT NOT NULL DEFAULT 'password';
ALTER TABLE "signature" ADD COLUMN "assertion" TEXT;

CREATE TABLE "passkey" (
  "id" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "public_key" BYTEA NOT NULL,
  "counter" BIGINT NOT NULL,
  "name" TEXT NOT NULL,
  "transports" TEXT[],
  "backed_up" BOOLEAN NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "passkey_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "passkey_person_id_idx" ON "passkey"("person_id");
ALTER TABLE "passkey" ADD CONSTRAINT "passkey_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "totp" (
  "person_id" UUID NOT NULL,
  "sealed" BYTEA NOT NULL,
  "session_id" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "confirmed_at" TIMESTAMPTZ(3),
  "last_step" INTEGER,
  "last_used_at" TIMESTAMPTZ(3),
  CONSTRAINT "totp_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "totp" ADD CONSTRAINT "totp_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "recovery_code" (
  "code_hash" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),
  CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("code_hash")
);
CREATE INDEX "recovery_code_person_id_idx" ON "recovery_code"("person_id");
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "factor_notice" (
  "id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "session_id" TEXT,
  CONSTRAINT "factor_notice_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "factor_notice_person_id_at_idx" ON "factor_notice"("person_id", "at");
ALTER TABLE "factor_notice" ADD CONSTRAINT "factor_notice_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What stands open for minutes: questions put to passkeys, and sign-ins that wait for the second factor.
CREATE TABLE "webauthn_challenge" (
  "id" UUID NOT NULL,
  "challenge" BYTEA NOT NULL,
  "purpose" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "bound_to" TEXT NOT NULL,
  "statement" TEXT,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "webauthn_challenge_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webauthn_challenge_expires_at_idx" ON "webauthn_challenge"("expires_at");

CREATE TABLE "half_sign_in" (
  "token_hash" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "half_sign_in_pkey" PRIMARY KEY ("token_hash")
);
CREATE INDEX "half_sign_in_person_id_idx" ON "half_sign_in"("person_id");
ALTER TABLE "half_sign_in" ADD CONSTRAINT "half_sign_in_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- That a factor was used is in the entry of what it was used for, which may be in the log of a team; a secret that is
-- sealed anew under another key stays the same secret.
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR DELETE OR UPDATE OF id, person_id, public_key, name ON passkey
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_entry('platform');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR DELETE OR UPDATE OF person_id, confirmed_at ON totp
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_entry('platform');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR DELETE OR UPDATE ON recovery_code
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_entry('platform');
CREATE CONSTRAINT TRIGGER audited AFTER INSERT OR DELETE OR UPDATE ON factor_notice
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.require_entry('platform');

GRANT SELECT, INSERT, UPDATE, DELETE ON passkey, totp, recovery_code TO jit_runtime;
GRANT SELECT, INSERT ON factor_notice TO jit_runtime;
GRANT SELECT, INSERT, DELETE ON webauthn_challenge, half_sign_in TO jit_runtime;

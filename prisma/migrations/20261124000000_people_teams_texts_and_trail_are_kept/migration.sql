-- People, teams, texts and signatures, and the trail that speaks of every change to them.
-- The tables mirror prisma/models; what follows them (roles, functions, triggers) exists only here.

CREATE TABLE "authority" (
  "id" UUID NOT NULL,
  "state" CHAR(2),
  "kind" TEXT NOT NULL,
  "names" JSONB NOT NULL,
  "languages" TEXT[],
  "time_zone" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "authority_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person" (
  "id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "latin_name" TEXT NOT NULL,
  "function" TEXT NOT NULL,
  "authority_id" UUID NOT NULL,
  "languages" TEXT[],
  "global_roles" TEXT[],
  "password_hash" TEXT,
  "language" TEXT NOT NULL DEFAULT 'en',
  "time_zone" TEXT NOT NULL,
  "theme" TEXT NOT NULL DEFAULT 'system',
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "disabled_at" TIMESTAMPTZ(3),

  CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "person_email_key" ON "person"("email");

CREATE TABLE "session" (
  "id" TEXT NOT NULL,
  "person_id" UUID NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "device" TEXT NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "session_person_id_idx" ON "session"("person_id");

CREATE TABLE "password_link" (
  "id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "token_hash" TEXT NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "used_at" TIMESTAMPTZ(3),

  CONSTRAINT "password_link_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "password_link_token_hash_key" ON "password_link"("token_hash");
CREATE INDEX "password_link_person_id_idx" ON "password_link"("person_id");

CREATE TABLE "setup_code" (
  "id" INTEGER NOT NULL DEFAULT 1,
  "code_hash" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "setup_code_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "rate_limit" (
  "key" TEXT NOT NULL,
  "points" INTEGER NOT NULL DEFAULT 0,
  "expire" BIGINT,

  CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "jit" (
  "id" UUID NOT NULL,
  "reference" TEXT NOT NULL,
  "names" JSONB NOT NULL,
  "exercise" BOOLEAN NOT NULL,
  "summary" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "closure_proposed_at" TIMESTAMPTZ(3),
  "closure_proposed_party_id" UUID,

  CONSTRAINT "jit_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "jit_reference_key" ON "jit"("reference");

CREATE TABLE "party" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "authority_id" UUID NOT NULL,
  "state" CHAR(2) NOT NULL,
  "position" INTEGER NOT NULL,
  "national_case" TEXT NOT NULL DEFAULT '',
  "joined_at" TIMESTAMPTZ(3) NOT NULL,
  "left_at" TIMESTAMPTZ(3),

  CONSTRAINT "party_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "party_jit_id_state_key" ON "party"("jit_id", "state");
CREATE UNIQUE INDEX "party_jit_id_position_key" ON "party"("jit_id", "position");

CREATE TABLE "member" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "party_id" UUID,
  "capacity" TEXT NOT NULL DEFAULT '',
  "added_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "member_jit_id_person_id_key" ON "member"("jit_id", "person_id");
CREATE INDEX "member_person_id_idx" ON "member"("person_id");

CREATE TABLE "member_role" (
  "id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "role" TEXT NOT NULL,
  "valid_from" TIMESTAMPTZ(3) NOT NULL,
  "valid_to" TIMESTAMPTZ(3),
  "recorded_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "member_role_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "member_role_member_id_idx" ON "member_role"("member_id");

CREATE TABLE "invitation" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "party_id" UUID NOT NULL,
  "email" TEXT NOT NULL,
  "roles" TEXT[],
  "capacity" TEXT NOT NULL DEFAULT '',
  "valid_from" TIMESTAMPTZ(3) NOT NULL,
  "valid_to" TIMESTAMPTZ(3),
  "token_hash" TEXT NOT NULL,
  "invited_by_id" UUID NOT NULL,
  "invited_at" TIMESTAMPTZ(3) NOT NULL,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "accepted_at" TIMESTAMPTZ(3),
  "withdrawn_at" TIMESTAMPTZ(3),

  CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "invitation_token_hash_key" ON "invitation"("token_hash");
CREATE INDEX "invitation_jit_id_idx" ON "invitation"("jit_id");

CREATE TABLE "document" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "template" TEXT NOT NULL,
  "version" INTEGER NOT NULL DEFAULT 1,
  "epoch" INTEGER NOT NULL DEFAULT 1,
  "head" INTEGER NOT NULL DEFAULT 0,
  "audited_to" INTEGER NOT NULL DEFAULT 0,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "state_since" TIMESTAMPTZ(3) NOT NULL,
  "in_force_at" TIMESTAMPTZ(3),
  "expires_at" TIMESTAMPTZ(3),
  "reference_time_zone" TEXT,

  CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "document_jit_id_idx" ON "document"("jit_id");

CREATE TABLE "document_assignment" (
  "document_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "assigned_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "document_assignment_pkey" PRIMARY KEY ("document_id", "member_id")
);

CREATE TABLE "document_update" (
  "document_id" UUID NOT NULL,
  "epoch" INTEGER NOT NULL,
  "sequence" INTEGER NOT NULL,
  "author_id" UUID,
  "bytes" BYTEA NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "document_update_pkey" PRIMARY KEY ("document_id", "epoch", "sequence")
);

CREATE TABLE "document_client" (
  "document_id" UUID NOT NULL,
  "epoch" INTEGER NOT NULL,
  "client_id" BIGINT NOT NULL,
  "person_id" UUID NOT NULL,
  "bound_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "document_client_pkey" PRIMARY KEY ("document_id", "epoch", "client_id")
);

CREATE TABLE "document_snapshot" (
  "document_id" UUID NOT NULL,
  "epoch" INTEGER NOT NULL,
  "sequence" INTEGER NOT NULL,
  "state" BYTEA NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "document_snapshot_pkey" PRIMARY KEY ("document_id", "epoch", "sequence")
);

CREATE TABLE "frozen_text" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "document_id" UUID NOT NULL,
  "version" INTEGER NOT NULL,
  "canonical" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "head" INTEGER NOT NULL,
  "frozen_at" TIMESTAMPTZ(3) NOT NULL,
  "superseded_at" TIMESTAMPTZ(3),

  CONSTRAINT "frozen_text_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "frozen_text_document_id_version_key" ON "frozen_text"("document_id", "version");

CREATE TABLE "signature_slot" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "frozen_text_id" UUID NOT NULL,
  "party_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "state" TEXT NOT NULL,
  "decided_at" TIMESTAMPTZ(3),

  CONSTRAINT "signature_slot_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "signature_slot_frozen_text_id_member_id_key" ON "signature_slot"("frozen_text_id", "member_id");

CREATE TABLE "signature" (
  "id" UUID NOT NULL,
  "jit_id" UUID NOT NULL,
  "slot_id" UUID NOT NULL,
  "person_id" UUID NOT NULL,
  "manifest" TEXT NOT NULL,
  "signature" BYTEA NOT NULL,
  "key_id" TEXT NOT NULL,
  "signed_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "signature_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "signature_slot_id_key" ON "signature"("slot_id");

ALTER TABLE "person" ADD CONSTRAINT "person_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "authority"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "password_link" ADD CONSTRAINT "password_link_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "party" ADD CONSTRAINT "party_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "party" ADD CONSTRAINT "party_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "authority"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "member" ADD CONSTRAINT "member_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "member" ADD CONSTRAINT "member_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "member" ADD CONSTRAINT "member_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "member_role" ADD CONSTRAINT "member_role_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "document" ADD CONSTRAINT "document_jit_id_fkey" FOREIGN KEY ("jit_id") REFERENCES "jit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "document_assignment" ADD CONSTRAINT "document_assignment_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "document_assignment" ADD CONSTRAINT "document_assignment_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "frozen_text" ADD CONSTRAINT "frozen_text_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "signature_slot" ADD CONSTRAINT "signature_slot_frozen_text_id_fkey" FOREIGN KEY ("frozen_text_id") REFERENCES "frozen_text"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "signature_slot" ADD CONSTRAINT "signature_slot_party_id_fkey" FOREIGN KEY ("party_id") REFERENCES "party"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "signature_slot" ADD CONSTRAINT "signature_slot_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "signature" ADD CONSTRAINT "signature_slot_id_fkey" FOREIGN KEY ("slot_id") REFERENCES "signature_slot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ------------------------------------------------------------------------------------------------
-- The trail: one append-only Merkle tree (RFC 6962) per JIT, one for what belongs to no JIT.

CREATE SCHEMA audit;

-- frontier: roots of the perfect subtrees, largest first. fillfactor leaves room for in-page updates of this hot row.
CREATE TABLE audit.head (
  log UUID PRIMARY KEY,
  size BIGINT NOT NULL,
  frontier BYTEA[] NOT NULL
) WITH (fillfactor = 50);

-- body is the exact text that was hashed: leaf = SHA-256(0x00 || body). seq starts at 1, without gaps.
CREATE TABLE audit.entry (
  log UUID NOT NULL,
  seq BIGINT NOT NULL,
  at TIMESTAMPTZ(3) NOT NULL,
  body TEXT NOT NULL,
  leaf BYTEA NOT NULL,
  xid XID8 NOT NULL,
  PRIMARY KEY (log, seq)
);
CREATE INDEX entry_xid_idx ON audit.entry (xid);

-- Names, reasons, addresses. The tree holds only a salted commitment, so that they can be erased without breaking it.
CREATE TABLE audit.detail (
  log UUID NOT NULL,
  seq BIGINT NOT NULL,
  salt BYTEA NOT NULL,
  details JSONB NOT NULL,
  PRIMARY KEY (log, seq)
);

-- The owner of the database may give a demonstration team a past (SET LOCAL audit.instant). The runtime login may not:
-- for it the setting has no effect.
CREATE FUNCTION audit.clock() RETURNS TIMESTAMPTZ LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN nullif(current_setting('audit.instant', true), '') IS NOT NULL
     AND session_user = (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'audit')
    THEN current_setting('audit.instant')::timestamptz
    ELSE date_trunc('milliseconds', clock_timestamp())
  END
$$;

-- The only way into the trail. search_path ends in pg_temp because a caller's temporary type of the name jsonb would
-- otherwise come first. Takes the row lock on the head, so call it last in a transaction; with several logs,
-- in ascending order of log. Sequence, time and hash are set here; the caller cannot choose them.
CREATE FUNCTION audit.append(p_log UUID, p_body JSONB, p_details JSONB, OUT seq BIGINT, OUT at TIMESTAMPTZ)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_size BIGINT;
  v_frontier BYTEA[];
  v_salt BYTEA;
  v_body JSONB := p_body;
  v_text TEXT;
  v_node BYTEA;
  v_rest BIGINT;
BEGIN
  INSERT INTO audit.head (log, size, frontier) VALUES (p_log, 0, '{}') ON CONFLICT (log) DO NOTHING;
  SELECT size, frontier INTO v_size, v_frontier FROM audit.head WHERE log = p_log FOR UPDATE;
  seq := v_size + 1;
  at := audit.clock();
  IF p_details IS NOT NULL AND p_details <> '{}'::jsonb THEN
    -- two random UUIDs: 244 random bits, so that short details cannot be guessed from the commitment
    v_salt := uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid());
    INSERT INTO audit.detail (log, seq, salt, details) VALUES (p_log, append.seq, v_salt, p_details);
    v_body := v_body || jsonb_build_object('commitment', encode(
      sha256(convert_to('jit-audit-detail/1', 'UTF8') || v_salt || convert_to(p_details::text, 'UTF8')), 'hex'));
  END IF;
  v_body := v_body || jsonb_build_object('v', 1, 'log', p_log, 'seq', seq,
    'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
  v_text := v_body::text;
  v_node := sha256('\x00'::bytea || convert_to(v_text, 'UTF8'));
  INSERT INTO audit.entry (log, seq, at, body, leaf, xid)
  VALUES (p_log, append.seq, append.at, v_text, v_node, pg_current_xact_id());
  -- each trailing one-bit of the old size is a perfect subtree that the new leaf completes
  v_rest := v_size;
  WHILE v_rest & 1 = 1 LOOP
    v_node := sha256('\x01'::bytea || v_frontier[array_length(v_frontier, 1)] || v_node);
    v_frontier := v_frontier[1:array_length(v_frontier, 1) - 1];
    v_rest := v_rest >> 1;
  END LOOP;
  UPDATE audit.head SET size = append.seq, frontier = v_frontier || v_node WHERE log = p_log;
  PERFORM pg_notify('jit', jsonb_build_object('log', p_log, 'seq', seq, 'action', p_body ->> 'action')::text);
END
$$;
REVOKE ALL ON FUNCTION audit.append FROM PUBLIC;

-- Nothing unaudited: at commit, a changed business row must have an entry in the right log from the same transaction;
-- a row that moves from one team to another needs one in both. TG_ARGV[0]: the column that names the log, or 'platform'.
CREATE FUNCTION audit.require_entry() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_row JSONB;
  v_log UUID;
BEGIN
  FOREACH v_row IN ARRAY array_remove(ARRAY[to_jsonb(OLD), to_jsonb(NEW)], NULL) LOOP
    v_log := CASE WHEN TG_ARGV[0] = 'platform' THEN '00000000-0000-0000-0000-000000000000'
                  ELSE v_row ->> TG_ARGV[0] END::uuid;
    IF NOT EXISTS (SELECT 1 FROM audit.entry WHERE xid = pg_current_xact_id() AND log = v_log) THEN
      RAISE EXCEPTION 'unaudited change of % refused', TG_TABLE_NAME USING ERRCODE = 'JIT01';
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;

CREATE FUNCTION audit.refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of %.% refused: append-only', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'JIT02';
END
$$;

-- Frozen text and signature slots: what was frozen stays; only the end of its life may be written, once.
CREATE FUNCTION audit.refuse_refreeze() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.superseded_at IS NOT NULL OR to_jsonb(NEW) - 'superseded_at' <> to_jsonb(OLD) - 'superseded_at' THEN
    RAISE EXCEPTION 'a frozen text does not change' USING ERRCODE = 'JIT02';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER frozen BEFORE UPDATE ON frozen_text FOR EACH ROW EXECUTE FUNCTION audit.refuse_refreeze();

DO $$
DECLARE
  t RECORD;
BEGIN
  FOR t IN SELECT * FROM (VALUES
    ('authority', 'platform', 'INSERT OR UPDATE OR DELETE'),
    ('person', 'platform', 'INSERT OR UPDATE OR DELETE'),
    -- last_seen_at moves without an entry
    ('session', 'platform', 'INSERT OR DELETE OR UPDATE OF revoked_at, expires_at, person_id'),
    ('password_link', 'platform', 'INSERT OR UPDATE OR DELETE'),
    ('jit', 'id', 'INSERT OR UPDATE OR DELETE'),
    ('party', 'jit_id', 'INSERT OR UPDATE OR DELETE'),
    ('member', 'jit_id', 'INSERT OR UPDATE OR DELETE'),
    ('member_role', 'jit_id', 'INSERT OR UPDATE OR DELETE'),
    ('invitation', 'jit_id', 'INSERT OR UPDATE OR DELETE'),
    -- head and audited_to follow the edit history, which is its own record
    ('document', 'jit_id', 'INSERT OR DELETE OR UPDATE OF jit_id, kind, state, template, version, epoch, state_since, in_force_at, expires_at, reference_time_zone'),
    ('document_assignment', 'jit_id', 'INSERT OR UPDATE OR DELETE'),
    ('frozen_text', 'jit_id', 'INSERT OR UPDATE OR DELETE'),
    ('signature_slot', 'jit_id', 'INSERT OR UPDATE OR DELETE'),
    ('signature', 'jit_id', 'INSERT OR UPDATE OR DELETE')
  ) AS v(name, log, events) LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER audited AFTER %s ON %I DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION audit.require_entry(%L)', t.events, t.name, t.log);
  END LOOP;

  FOR t IN SELECT * FROM (VALUES
    ('audit.entry', 'UPDATE OR DELETE'), ('audit.head', 'DELETE'), ('audit.detail', 'UPDATE'),
    ('document_update', 'UPDATE OR DELETE'), ('document_client', 'UPDATE OR DELETE'),
    ('signature', 'UPDATE OR DELETE'), ('frozen_text', 'DELETE'), ('signature_slot', 'DELETE'), ('document', 'DELETE'),
    ('jit', 'DELETE'), ('party', 'DELETE'), ('member', 'DELETE'), ('member_role', 'DELETE')
  ) AS v(name, events) LOOP
    EXECUTE format('CREATE TRIGGER append_only BEFORE %s ON %s FOR EACH ROW EXECUTE FUNCTION audit.refuse()', t.events, t.name);
    EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()', t.name);
  END LOOP;
END
$$;

-- ------------------------------------------------------------------------------------------------
-- The runtime owns nothing. Roles belong to the whole server, so a second database finds this one there already.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'jit_runtime') THEN
    CREATE ROLE jit_runtime NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public, audit TO jit_runtime;
GRANT SELECT, INSERT, UPDATE ON authority, person, password_link, session, jit, party, member, member_role, invitation, document,
  signature_slot TO jit_runtime;
GRANT SELECT, INSERT, UPDATE, DELETE ON document_assignment, setup_code, rate_limit TO jit_runtime;
GRANT SELECT, INSERT ON document_update, document_client, document_snapshot, frozen_text, signature TO jit_runtime;
GRANT UPDATE (superseded_at) ON frozen_text TO jit_runtime;
GRANT SELECT ON audit.head, audit.entry, audit.detail TO jit_runtime;
GRANT EXECUTE ON FUNCTION audit.append TO jit_runtime;

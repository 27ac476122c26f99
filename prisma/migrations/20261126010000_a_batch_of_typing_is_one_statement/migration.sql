-- Stores one batch of the edit history: one round trip and one commit. Runs with the rights of its caller. It knows no
-- rule of its own: which roles may edit or read, and in which states, is computed from the matrix and handed in.
--
-- Order of locks: sessions, members and people, then the document; each list in one order for all, so that nobody
-- waits in a circle. VOLATILE under READ COMMITTED: each statement below sees what was committed before it began, so
-- what is read after a lock was waited for is what holds now.
--
-- `p_sessions`: null for a part without a session. `p_clients`, `p_parts`: Yjs clients whose owner is not stored yet, and
-- which part (from 1) brings each. `refusals`: one a part, null for what was stored. `head` is null when the document
-- does not stand at `p_expected`, or is at another epoch; then nothing was stored.
CREATE FUNCTION append_updates(
  p_jit UUID, p_document UUID, p_epoch INT, p_expected INT,
  p_people UUID[], p_sessions TEXT[], p_bytes BYTEA[], p_clients BIGINT[], p_parts INT[],
  p_edit TEXT[], p_edit_assigned TEXT[], p_edit_states TEXT[], p_read TEXT[], p_read_assigned TEXT[],
  p_now TIMESTAMPTZ, p_idle INTERVAL,
  OUT head INT, OUT at TIMESTAMPTZ, OUT refusals TEXT[])
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  v_document RECORD;
  v_stored INT;
  v_part INT;
BEGIN
  PERFORM 1 FROM session WHERE id = ANY (p_sessions) ORDER BY id FOR SHARE;
  PERFORM 1 FROM member m JOIN person p ON p.id = m.person_id
    WHERE m.jit_id = p_jit AND m.person_id = ANY (p_people) ORDER BY m.person_id FOR SHARE OF m, p;
  SELECT d.state, d.expires_at, d.epoch, d.head INTO v_document
    FROM document d WHERE d.id = p_document AND d.jit_id = p_jit FOR UPDATE;
  IF NOT FOUND OR v_document.epoch <> p_epoch OR v_document.head <> p_expected THEN
    RETURN;
  END IF;
  -- The caller's clock, and what was waited for since: nothing may be stored by a right that ended meanwhile.
  at := date_trunc('milliseconds', p_now + (clock_timestamp() - statement_timestamp()));
  IF v_document.state = 'in_force' AND v_document.expires_at <= at THEN
    v_document.state := 'expired';
  END IF;

  SELECT array_agg(CASE
           WHEN part.session IS NOT NULL AND alive.id IS NULL THEN 'session'
           WHEN held.edits AND v_document.state = ANY (p_edit_states) THEN NULL
           WHEN held.reads THEN 'only-reads'
           ELSE 'access' END ORDER BY part.n)
    INTO refusals
    FROM unnest(p_people, p_sessions) WITH ORDINALITY AS part (person, session, n)
    LEFT JOIN session alive ON alive.id = part.session AND alive.revoked_at IS NULL
                           AND alive.expires_at > at AND alive.last_seen_at > at - p_idle
    LEFT JOIN LATERAL (
      SELECT bool_or(r.role = ANY (p_edit) OR r.role = ANY (p_edit_assigned) AND assigned.yes) AS edits,
             bool_or(r.role = ANY (p_read) OR r.role = ANY (p_read_assigned) AND assigned.yes) AS reads
        FROM member m JOIN person p ON p.id = m.person_id JOIN member_role r ON r.member_id = m.id
        CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM document_assignment a
                             WHERE a.document_id = p_document AND a.member_id = m.id) AS yes) assigned
       WHERE m.jit_id = p_jit AND m.person_id = part.person AND p.disabled_at IS NULL AND r.revoked_at IS NULL
         AND r.valid_from <= at AND (r.valid_to IS NULL OR r.valid_to > at)) held ON true;

  IF cardinality(p_clients) > 0 THEN
    -- A client nobody has yet belongs to the first author who uses it.
    INSERT INTO document_client (document_id, epoch, client_id, person_id, bound_at)
      SELECT p_document, p_epoch, c.client, p_people[c.part], at
        FROM unnest(p_clients, p_parts) WITH ORDINALITY AS c (client, part, n) WHERE refusals[c.part] IS NULL ORDER BY c.n
      ON CONFLICT DO NOTHING;
    FOR v_part IN
      SELECT DISTINCT c.part FROM unnest(p_clients, p_parts) AS c (client, part)
        JOIN document_client b ON b.document_id = p_document AND b.epoch = p_epoch AND b.client_id = c.client
       WHERE refusals[c.part] IS NULL AND b.person_id <> p_people[c.part]
    LOOP
      refusals[v_part] := 'not-yours';
    END LOOP;
  END IF;

  INSERT INTO document_update (document_id, epoch, sequence, author_id, bytes, at)
    SELECT p_document, p_epoch, p_expected + row_number() OVER (ORDER BY u.n), u.person, u.bytes, append_updates.at
      FROM unnest(p_people, p_bytes) WITH ORDINALITY AS u (person, bytes, n) WHERE refusals[u.n] IS NULL;
  GET DIAGNOSTICS v_stored = ROW_COUNT;
  head := p_expected + v_stored;
  IF v_stored > 0 THEN
    UPDATE document SET head = append_updates.head WHERE id = p_document;
  END IF;
END
$$;
REVOKE ALL ON FUNCTION append_updates FROM PUBLIC;
GRANT EXECUTE ON FUNCTION append_updates TO jit_runtime;

/** Prisma condition on Party: bound by the arrangement at the instant, neither still joining nor gone by then. */
export function boundAt(at: Date) {
  return { accedingById: null, OR: [{ leftAt: null }, { leftAt: { gt: at } }] };
}

/** Bound, or joining by this very annex: who signs it. */
export function boundOrJoiningBy(document: string, at: Date) {
  return { OR: [boundAt(at), { accedingById: document }] };
}

/** The same in SQL for the party called `y`; `at` is the placeholder of the instant, such as "$2". */
export function boundSql(at: string): string {
  return `y.acceding_by_id IS NULL AND (y.left_at IS NULL OR y.left_at > ${at}::timestamptz)`;
}

/** The condition on the party `y` that its accession is open for signature: its signatory is let in for that alone. */
export const joiningSql = `EXISTS (SELECT 1 FROM document k WHERE k.id = y.acceding_by_id AND k.state = 'signing')`;

/** The condition on `member m` that the person is in the team today, by the party: bound, joining, or of no party. */
export const seatedSql = `(m.party_id IS NULL OR EXISTS (SELECT 1 FROM party y WHERE y.id = m.party_id AND (y.acceding_by_id IS NULL OR ${joiningSql})))`;

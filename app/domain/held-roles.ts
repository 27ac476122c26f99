/** The condition on `member_role r` that it is not over at this instant; `at` is the placeholder of the instant. */
export function notOverAt(at: string): string {
  return `r.revoked_at IS NULL AND (r.valid_to IS NULL OR r.valid_to > ${at}::timestamptz)`;
}

/**
 * The condition on `member_role r` that it is held at this instant. That the person's account is open stands beside it
 * where it counts: `p.disabled_at IS NULL`.
 */
export function heldAt(at: string): string {
  return `r.valid_from <= ${at}::timestamptz AND ${notOverAt(at)}`;
}

import type { JitRole } from "../roles.ts";

/** Prisma condition on MemberRole: valid at the instant (from inclusive, to exclusive) and not revoked. */
export function validAt(at: Date) {
  return { revokedAt: null, validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] };
}

/** Prisma condition on MemberRole: one of the roles, valid at the instant. */
export function heldAt(at: Date, roles: readonly JitRole[]) {
  return { role: { in: [...roles] }, ...validAt(at) };
}

import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationDomain } from "#prisma/demonstration/accounts.ts";
import { demonstrationDatabase, type FreshDatabase } from "../support/database.ts";

let db: FreshDatabase;
beforeAll(async () => {
  db = await demonstrationDatabase();
}, 300_000);
afterAll(() => db.drop());

async function actor(login: string): Promise<Actor> {
  const person = await database().person.findUniqueOrThrow({
    where: { email: `${login}@${demonstrationDomain}` },
    include: { authority: true },
  });
  return {
    personId: person.id,
    sessionId: null,
    authorityId: person.authorityId,
    state: person.authority.state,
    globalRoles: [],
  };
}

test.each([
  ["SAIGA", "JIT-2026-001", "aigul", "negotiation"],
  ["HARMATTAN", "JIT-2025-004", "elena", "in_force"],
  ["SILK LEDGER", "JIT-2024-002", "giulia", "archived"],
])(
  "the exercise team %s got its past through the product, and its trail verifies",
  async (_name, reference, login, state) => {
    const { id } = await database().jit.findUniqueOrThrow({ where: { reference } });
    const someone = await actor(login);
    expect((await findAgreement(someone, id))?.state).toBe(state);
    expect(await verifyTrail(someone, id)).toMatchObject({ verdict: "intact" });
  },
);

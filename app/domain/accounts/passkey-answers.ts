import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";

const bytes = z.string().max(20_000);
const common = {
  id: z.string().max(1400),
  rawId: z.string().max(1400),
  type: z.literal("public-key"),
  // Nothing is asked of extensions, and nothing taken from them.
  clientExtensionResults: z.unknown().transform((): AuthenticationResponseJSON["clientExtensionResults"] => ({})),
};

const Assertion = z.object({
  ...common,
  response: z.object({ authenticatorData: bytes, clientDataJSON: bytes, signature: bytes }),
});
const Attestation = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
});

/** JSON in one field of a form. Whatever is wrong with it, it proves nothing: one reason for all. */
function answer<Shape extends z.ZodType>(shape: Shape) {
  return z
    .string("passkey-refused")
    .max(60_000, "passkey-refused")
    .transform((text, context) => {
      const read = shape.safeParse(jsonIn(text));
      if (read.success) return read.data;
      context.addIssue({ code: "custom", message: "passkey-refused" });
      return z.NEVER;
    });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const ask = z.string("passkey-refused").max(40, "passkey-refused");

/** What a browser sends back of a passkey; `ask` names the question that it answers. */
export const PasskeyAnswer = z.object({ ask, answer: answer(Assertion) });
export type PasskeyAnswer = { ask: string; answer: AuthenticationResponseJSON };
export const NewPasskeyAnswer = z.object({ ask, answer: answer(Attestation) });
export type NewPasskeyAnswer = { ask: string; answer: RegistrationResponseJSON };

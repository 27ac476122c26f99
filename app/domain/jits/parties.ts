import { z } from "zod";
import { line } from "./wording.ts";

export const AddParty = z.object({ authority: z.string("required"), nationalCase: line(100).optional().default("") });
export type AddParty = z.infer<typeof AddParty>;

export const ChangeNationalCase = z.object({ nationalCase: line(100).optional().default("") });
export type ChangeNationalCase = z.infer<typeof ChangeNationalCase>;

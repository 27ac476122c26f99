import { expect, test } from "vitest";
import { plansOf, SlotForm } from "#app/domain/signing/opening.server.ts";
import { form } from "#app/http.server.ts";

test("the form names what each member does; what is left empty is nothing, and no deadline", async () => {
  const body = new FormData();
  const [one, two, three] = ["019a0000-0000-7000-8000-000000000001", "029a", "039a"];
  for (const [name, value] of [
    [`role.m${one}`, "signatory"],
    [`way.m${one}`, "ink"],
    [`due.m${one}`, "2150-12-18"],
    [`role.m${two}`, "visa"],
    [`way.m${two}`, "either"],
    [`due.m${two}`, ""],
    [`role.m${three}`, ""],
  ] as const)
    body.set(name, value);
  const sent = await form(new Request("http://localhost/", { method: "POST", body }), SlotForm);
  expect(plansOf(sent)).toEqual([
    { member: one, role: "signatory", methods: ["ink"], due: "2150-12-18" },
    { member: two, role: "visa", methods: ["workspace", "ink"], due: undefined },
  ]);
});

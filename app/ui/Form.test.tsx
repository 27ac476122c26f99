import { renderToStaticMarkup } from "react-dom/server";
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from "react-router-dom/server";
import { describe, expect, it } from "vitest";
import { TranslationContext, translationIn } from "#app/i18n/translation.ts";
import { Button } from "./Button.tsx";
import { Checkbox } from "./Checkbox.tsx";
import { Form } from "./Form.tsx";
import { PasswordField } from "./PasswordField.tsx";
import { RadioGroup } from "./RadioGroup.tsx";
import { TextField } from "./TextField.tsx";

const roles = [
  { value: "leader", label: "Leader" },
  { value: "member", label: "Member" },
];

async function html(refusal?: Parameters<typeof Form>[0]["refusal"]) {
  const form = (
    <Form refusal={refusal} labels={{ "names.en": "Name of the team" }}>
      <TextField name="names.en" label="Name of the team" defaultValue="SAIGA" />
      <TextField name="email" type="email" label="E-mail address" />
      <PasswordField name="password" label="Password" autoComplete="current-password" />
      <RadioGroup name="role" label="Role" options={roles} defaultValue="member" />
      <Checkbox name="sure" label="I mean it" />
      <Button type="submit" tone="primary" notPossible="Possible when all have agreed.">
        Send
      </Button>
    </Form>
  );
  const handler = createStaticHandler([{ path: "*", element: form }]);
  const context = await handler.query(new Request("http://localhost/"));
  if (context instanceof Response) throw new Error("not a page");
  const router = createStaticRouter(handler.dataRoutes, context);
  return renderToStaticMarkup(
    <TranslationContext.Provider value={translationIn("en")}>
      <StaticRouterProvider router={router} context={context} hydrate={false} />
    </TranslationContext.Provider>,
  );
}

const refused = {
  problems: { "names.en": "required", email: "email-invalid", "": "text-changed" },
  typed: { email: "olga@", password: "fourteen words", role: "leader", sure: "on" },
};

describe("a form that was refused", () => {
  it("says the same sentence in the summary and at the field, and leads from one to the other", async () => {
    const page = await html(refused);
    expect(page.match(/Name of the team is missing\. Enter it\./g)).toHaveLength(2);
    expect(page).toContain('href="#field-names-en"');
    expect(page).toContain('id="field-names-en"');
    expect(page).toMatch(/id="field-names-en"[^>]*aria-invalid="true"[^>]*aria-describedby="field-names-en-error"/);
    expect(page).toContain("Nothing was signed");
  });
  it("keeps what was typed, chosen and ticked", async () => {
    const page = await html(refused);
    expect(page).toMatch(/name="email"[^>]*value="olga@"/);
    expect(page).toMatch(/name="role"[^>]*checked=""[^>]*value="leader"/);
    expect(page).not.toMatch(/name="role"[^>]*checked=""[^>]*value="member"/);
    expect(page).toMatch(/name="sure"[^>]*checked=""/);
  });
  it("never writes a password back into the page", async () => {
    expect(await html(refused)).not.toContain("fourteen words");
  });
});

describe("a form", () => {
  it("starts with its own values, no summary and plain fields that a browser can send without script", async () => {
    const page = await html();
    expect(page).not.toContain("There is a problem");
    expect(page).toMatch(/<form method="post"[^>]*noValidate|<form method="post"[^>]*novalidate/);
    expect(page).toMatch(/name="names\.en"[^>]*value="SAIGA"/);
    expect(page).toMatch(/name="role"[^>]*checked=""[^>]*value="member"/);
  });
  it("keeps a button that cannot be used in reach, with the reason beside it", async () => {
    const page = await html();
    expect(page).toMatch(/<button[^>]*aria-disabled="true"/);
    expect(page).not.toMatch(/<button[^>]*disabled=""/);
    expect(page).toContain("Possible when all have agreed.");
  });
});

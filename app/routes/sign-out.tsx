import { redirect } from "@remix-run/node";
import { blankCookie } from "#app/domain/accounts/session.server.ts";
import { signOut } from "#app/domain/accounts/sign-in.server.ts";
import { signedIn } from "#app/http.server.ts";

export const loader = signedIn("account.signOut", async () => redirect("/home"));

export const action = signedIn("account.signOut", async ({ actor }) => {
  await signOut(actor);
  return redirect("/", { headers: { "Set-Cookie": blankCookie(), "Clear-Site-Data": '"cache", "storage"' } });
});

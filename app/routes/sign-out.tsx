import { redirect } from "@remix-run/node";
import { blankCookie } from "#app/domain/accounts/session.server.ts";
import { signOut } from "#app/domain/accounts/sign-in.server.ts";
import { signedIn } from "#app/http.server.ts";
import { keeperAfterSignOut } from "#app/reader.server.ts";

export const loader = signedIn("account.signOut", async () => redirect("/home"));

export const action = signedIn("account.signOut", async ({ actor, request }) => {
  await signOut(actor);
  const headers = new Headers({ "Clear-Site-Data": '"cache", "storage"' });
  // Not every browser clears its storage when told; a device that keeps for nobody deletes it with the next page.
  for (const one of [blankCookie(), ...keeperAfterSignOut(request)]) headers.append("Set-Cookie", one);
  return redirect("/", { headers });
});

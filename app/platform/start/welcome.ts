import { demonstrationAccounts, demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import type { Config } from "../config.ts";

/** What is printed once everything runs: where to go, and how to get in. `code`: nobody can sign in yet. */
export function welcome(settings: Config, code: string | null): string {
  const lines = ["", `${settings.INSTALLATION_NAME}: ${settings.PUBLIC_ORIGIN}`, ""];
  if (code) {
    lines.push(
      `Nobody can sign in yet. Open ${settings.PUBLIC_ORIGIN}/setup and enter this code, once:`,
      "",
      `  ${code}`,
    );
  } else if (settings.DEMO) {
    lines.push(`Exercise accounts, all with the password: ${demonstrationPassword}`, "");
    for (const { login, may } of demonstrationAccounts) {
      lines.push(`  ${`${login}@${demonstrationDomain}`.padEnd(28)} ${may}`);
    }
  }
  lines.push("", "Ctrl-C stops all of it; nothing is lost.");
  return lines.join("\n");
}

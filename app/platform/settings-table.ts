import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { settings } from "./config.ts";

type Row = { name: string; standard: string | null; meaning: string; secret: boolean };

const rows: Row[] = Object.entries(settings).map(([name, setting]) => ({
  name,
  standard: setting.standard,
  meaning: setting.meaning,
  secret: "secret" in setting,
}));

export const markers = ["<!-- settings: made by npm run settings -->", "<!-- end of settings -->"] as const;

/** The file .env.example: every setting with its meaning, commented out at its standard value. */
export function exampleFile(): string {
  const parts = rows.map(({ name, standard, meaning, secret }) => {
    const secretly = secret ? " Secret: keep this file readable for yourself alone." : "";
    return `# ${meaning}${secretly}\n# ${name}=${standard ?? ""}\n`;
  });
  return `# Settings. Copy this file to .env and take away the # before what you set. Made by npm run settings.\n\n${parts.join("\n")}`;
}

/** The table between the markers of the README. */
export function settingsTable(): string {
  const lines = rows.map(
    ({ name, standard, meaning, secret }) =>
      `| \`${name}\` | ${standard === null ? "–" : `\`${standard}\``} | ${meaning}${secret ? " Secret." : ""} |`,
  );
  return ["| Setting | Standard | Meaning |", "| --- | --- | --- |", ...lines].join("\n");
}

/** The README with the table put between its markers. */
export function withTable(readme: string): string {
  const [start, end] = markers.map((marker) => readme.indexOf(marker)) as [number, number];
  if (start < 0 || end < start) throw new Error(`README.md lacks the lines ${markers.join(" and ")}.`);
  return `${readme.slice(0, start)}${markers[0]}\n${settingsTable()}\n${readme.slice(end)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  writeFileSync(".env.example", exampleFile());
  writeFileSync("README.md", withTable(readFileSync("README.md", "utf8")));
}

/** How a person wants pages to look. "as my system" follows the machine, for light as for contrast. */
export const themes = ["system", "light", "dark", "light-contrast", "dark-contrast"] as const;

/** What stands on <html> for a choice; "system" is resolved in the browser before the first paint. */
export function lookOf(theme: string | null | undefined): { theme: string; contrast: string } {
  if (!theme || theme === "system" || !(themes as readonly string[]).includes(theme)) {
    return { theme: "system", contrast: "system" };
  }
  const [light, contrast] = theme.split("-");
  return { theme: light ?? "light", contrast: contrast ? "more" : "normal" };
}

/** Asks the machine what "system" means. */
export function resolveLook(): void {
  const { dataset } = document.documentElement;
  if (dataset.theme === "system") dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if (dataset.contrast === "system")
    dataset.contrast = matchMedia("(prefers-contrast: more)").matches ? "more" : "normal";
}

/** The same as text for a script element. Written out: a function's own text changes with the compiler. */
export const resolveLookScript = `const d=document.documentElement.dataset;
if(d.theme==="system")d.theme=matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light";
if(d.contrast==="system")d.contrast=matchMedia("(prefers-contrast: more)").matches?"more":"normal";`;

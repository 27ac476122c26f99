import "#app/i18n/english/plan.ts";
import { redirect } from "@remix-run/node";
import { downloadPlan, downloadVersion } from "#app/domain/plan/downloading.server.ts";
import { type Paper, papers, renderPlan } from "#app/domain/plan/plan-pdf.server.ts";
import { versionNumber } from "#app/domain/plan/versions.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";
import { i18nIn } from "#app/i18n/i18n.ts";
import { now } from "#app/platform/clock.ts";
import { MissingGlyphs, PdfTimeout } from "#app/platform/pdf.server.ts";
import { planOnPaper, standingOnPaper, versionOnPaper } from "#app/ui/plan/paper.ts";

/**
 * The plan on paper, or with `version` one that was approved, as far as the reader sees it. Taking it away is itself an
 * entry in the trail.
 */
export const loader = inJit("plan.download", async ({ actor, jit, request }) => {
  const { searchParams } = new URL(request.url);
  const paper: Paper = papers.find((one) => one === searchParams.get("paper")) ?? "A4";
  const asked = searchParams.get("version");
  const { t } = i18nIn("en");
  const base = `/jits/${jit.reference}/plan`;
  const common = { paper, reference: jit.reference, at: now() };
  const version = asked === null ? null : versionNumber(asked);
  const { narrative, words } = await (version === null
    ? downloadPlan(actor, jit.id, paper).then(({ narrative, standing, ...plan }) => ({
        narrative,
        words: planOnPaper(t, "en", { ...plan, ...common, standing: standingOnPaper(t, "en", standing) }),
      }))
    : downloadVersion(actor, { jit: jit.id, version, paper }).then((found) => ({
        narrative: found.narrative,
        words: planOnPaper(t, "en", { ...found, ...common, standing: versionOnPaper(t, "en", found) }),
      })));
  try {
    const pdf = await renderPlan(words, narrative, { signal: request.signal });
    const name = `${jit.reference}-plan-${version === null ? "" : `version-${version}-`}${paper}.pdf`;
    return fileResponse(pdf, { name, type: "application/pdf" });
  } catch (error) {
    if (error instanceof MissingGlyphs) {
      const points = error.characters.flatMap((one) => [...one].map((point) => point.codePointAt(0)?.toString(16)));
      throw redirect(`${base}?missing=${points.slice(0, 60).join("-")}`);
    }
    if (error instanceof PdfTimeout) throw redirect(`${base}?busy=on`);
    throw error;
  }
});

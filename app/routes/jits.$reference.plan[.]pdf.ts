import "#app/i18n/english/plan.ts";
import { redirect } from "@remix-run/node";
import { type Paper, papers, renderPlan } from "#app/domain/plan/plan-pdf.server.ts";
import { downloadPlan } from "#app/domain/plan/reading.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";
import { i18nIn } from "#app/i18n/i18n.ts";
import { now } from "#app/platform/clock.ts";
import { MissingGlyphs, PdfTimeout } from "#app/platform/pdf.server.ts";
import { planOnPaper } from "#app/ui/plan/paper.ts";

/** The plan on paper, as far as the reader sees it. Taking it away is itself an entry in the trail. */
export const loader = inJit("plan.download", async ({ actor, jit, request }) => {
  const asked = new URL(request.url).searchParams.get("paper");
  const paper: Paper = papers.find((one) => one === asked) ?? "A4";
  const plan = await downloadPlan(actor, jit.id, paper);
  const { t } = i18nIn("en");
  try {
    const words = planOnPaper(t, "en", { ...plan, paper, reference: jit.reference, at: now() });
    const pdf = await renderPlan(words, { signal: request.signal });
    return fileResponse(pdf, { name: `${jit.reference}-plan-${paper}.pdf`, type: "application/pdf" });
  } catch (error) {
    const base = `/jits/${jit.reference}/plan`;
    if (error instanceof MissingGlyphs) {
      const points = error.characters.flatMap((one) => [...one].map((point) => point.codePointAt(0)?.toString(16)));
      throw redirect(`${base}?missing=${points.slice(0, 60).join("-")}`);
    }
    if (error instanceof PdfTimeout) throw redirect(`${base}?busy=on`);
    throw error;
  }
});

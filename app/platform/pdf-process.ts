import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

/*
 * The process in which Typst runs; pdf.server.ts starts it. Typst sees the files of the job and the fonts below, and
 * nothing of the disk: the workspace is a folder that does not exist, and the system's fonts are out of sight.
 */

/** The template, the files it may read by name, and the instant in seconds that the PDF states. */
export type PdfJob = { template: string; files: Record<string, Uint8Array>; timestamp: number };
export type Rendered = { pdf: Uint8Array } | { problem: string };

const require = createRequire(import.meta.url);
const workspace = "/typst";
const serif = "@expo-google-fonts/source-serif-4";
const naskh = "@expo-google-fonts/amiri";

// Every font an arrangement may be set in. With the versions in the lockfile they decide the bytes of a PDF.
const fontFiles = [
  ...["400Regular", "400Regular_Italic", "600SemiBold", "600SemiBold_Italic"].map((cut) =>
    require.resolve(`${serif}/${cut}/SourceSerif4_${cut}.ttf`),
  ),
  ...["400Regular", "700Bold"].map((cut) => require.resolve(`${naskh}/${cut}/Amiri_${cut}.ttf`)),
  // The package names only its code in `exports`; the fonts stand beside it.
  ...["Regular", "Bold"].map((cut) =>
    join(dirname(require.resolve("@embedpdf/fonts-sc")), "..", "fonts", `NotoSansHans-${cut}.otf`),
  ),
];

const compiler = NodeCompiler.create({
  workspace,
  fontArgs: [{ fontBlobs: fontFiles.map((path) => readFileSync(path)) }],
});

function render({ template, files, timestamp }: PdfJob): Rendered {
  compiler.resetShadow();
  compiler.addSource(`${workspace}/main.typ`, template);
  for (const [name, bytes] of Object.entries(files)) compiler.mapShadow(`${workspace}/${name}`, Buffer.from(bytes));
  try {
    const compiled = compiler.compile({ mainFilePath: `${workspace}/main.typ`, resetRead: true });
    const problem = compiled.takeError();
    if (problem || !compiled.result) {
      return { problem: JSON.stringify(problem && compiler.fetchDiagnostics(problem)) };
    }
    return { pdf: compiler.pdf(compiled.result, { pdfStandard: "a-3a", creationTimestamp: timestamp }) };
  } catch (error) {
    return { problem: (error as { code?: string }).code ?? String(error) };
  } finally {
    compiler.evictCache(0);
  }
}

process.on("message", (job: PdfJob) => process.send?.(render(job)));
process.on("disconnect", () => process.exit(0));

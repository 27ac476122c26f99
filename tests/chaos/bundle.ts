import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "vite";

export type Programs = { collab: string; web: string; remove(): void };

/**
 * The servers, each in one file: a start costs half the work of one that reads TypeScript, and a run is mostly starts.
 * Where packages are found from, and where a build of the pages meanwhile does not sweep.
 */
export async function bundleServers(): Promise<Programs> {
  const folder = resolve("node_modules", ".cache", `chaos-${process.pid}`);
  await build({
    configFile: false,
    logLevel: "error",
    ssr: { target: "node" },
    build: {
      ssr: true,
      outDir: folder,
      target: "node20",
      copyPublicDir: false,
      rollupOptions: {
        // trials.ts starts its thread by this name, beside its own file
        input: {
          collab: "collab-server/main.ts",
          web: "app/web.ts",
          "trial-thread": "collab-server/trial-worker.ts",
        },
        output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { collab: resolve(folder, "collab.mjs"), web: resolve(folder, "web.mjs"), remove };
}

import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

/** An annex is a document like the arrangement: its pages are the same files under its own address. */
const annexPages = [
  "_index.tsx",
  "agree.tsx",
  "assents.ts",
  "docx.ts",
  "finalise.tsx",
  "import.tsx",
  "open.tsx",
  "pdf.ts",
  "reopen.tsx",
  "sign.$slot.check.tsx",
  "sign.$slot.file.ts",
  "sign.$slot.original.ts",
  "sign.$slot.outside.tsx",
  "sign.$slot.paper.tsx",
  "sign.$slot.revision.ts",
  "sign._index.tsx",
  "sign.decline.tsx",
  "sign.delegate.tsx",
  "sign.withdraw.tsx",
  "withdraw.tsx",
];
function annexRoutes() {
  return Object.fromEntries(
    annexPages.map((file) => {
      const page = file.replace(/\.tsx?$/, "");
      const id = `annex.${page}`;
      const parts = page
        .split(".")
        .filter((part) => part !== "_index")
        .map((part) => part.replace(/^\$/, ":"));
      const path = ["annexes/:annex", ...parts].join("/");
      return [id, { id, path, file: `routes/jits.$reference.agreement.${file}`, parentId: "routes/jits.$reference" }];
    }),
  );
}

export default defineConfig({
  plugins: [
    tailwindcss(),
    remix({
      routes: annexRoutes,
      future: {
        v3_fetcherPersist: true,
        // All pages are known from the start: whoever writes without a network is not to see requests for them fail.
        v3_lazyRouteDiscovery: false,
        v3_relativeSplatPath: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  resolve: { dedupe: ["yjs", "react", "react-dom"] },
  // Development: what the browser needs is found at the start, not page by page, which would load each page twice; and
  // the server's own packages are never looked at for it.
  optimizeDeps: {
    entries: ["app/entry.client.tsx", "app/root.tsx", "app/ui/**/*.tsx", "app/editor/**/*.tsx"],
    exclude: ["@node-rs/argon2", "pg"],
  },
  build: { target: ["chrome111", "firefox128", "safari16.4"] },
  // Built into the server's one file: as packages they are thousands of files, read at every start.
  ssr: {
    noExternal: [
      /^lucide-react/,
      /^react-aria/,
      /^react-stately/,
      /^@react-aria/,
      /^@react-stately/,
      /^@internationalized/,
    ],
    external: ["@myriaddreamin/typst-ts-node-compiler", "@node-rs/argon2", "pg"],
  },
});

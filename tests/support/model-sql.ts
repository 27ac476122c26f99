import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as binding from "@prisma/schema-engine-wasm/schema_engine_bg";

/**
 * The SQL by which Prisma itself would make the database of prisma/models. Its schema engine runs as WebAssembly: the
 * native one is a download.
 */
export async function sqlOfModels(url: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const module = path.replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(module), {
    "./schema_engine_bg.js": binding as unknown as WebAssembly.ModuleImports,
  });
  const start = instance.exports as { __wbindgen_start(): void };
  (binding as unknown as { __wbg_set_wasm(exports: object): void }).__wbg_set_wasm(instance.exports);
  start.__wbindgen_start();
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: url }));
  const engine = await binding.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
  const models = readdirSync("prisma/models").map((name) => join("prisma/models", name));
  const files = ["prisma/schema.prisma", ...models].map((file) => ({
    path: file,
    content: readFileSync(file, "utf8"),
  }));
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? "";
}

import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { newVisitor, openBrowser } from "#tests/support/browser.ts";
import { startDemonstration } from "#tests/support/demonstration.ts";
import { writeFileSync, existsSync } from "node:fs";
const demo = await startDemonstration();
console.log("origin", demo.origin, demo.ownerUrl);
writeFileSync("/tmp/scratch/demo.json", JSON.stringify({ origin: demo.origin, ownerUrl: demo.ownerUrl, pid: process.pid }));
process.on("SIGTERM", async () => { await demo.stop(); process.exit(0); });
setInterval(() => {}, 1000);

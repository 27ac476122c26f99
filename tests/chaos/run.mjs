// npm run test:chaos: what the product needs to run, then the run itself. Arguments are those of main.ts.
import { build, hand, prepare } from "../../app/platform/start/prepare.mjs";

prepare();
build();
hand("tests/chaos/main.ts", process.argv.slice(2), {});

import { rotatable, rotateKey } from "./installation-keys.server.ts";

/*
 * npm run keys:rotate authority|timestamps: makes an end of a key with which PDFs are signed. Nothing has to be
 * restarted; what was signed before stays valid, because every PDF carries the certificates it needs.
 */
const which = rotatable.find((name) => name === process.argv[2]);
if (!which) {
  console.error(`Name the key to rotate: npm run keys:rotate ${rotatable.join("|")}`);
  process.exit(2);
}
const retired = rotateKey(which);
console.log(
  retired
    ? `The key "${which}" is destroyed. Its certificate is kept in keys/retired; SHA-256 ${retired}. The next signature makes a new one.`
    : `There was no key "${which}" in use. The first signature makes one.`,
);

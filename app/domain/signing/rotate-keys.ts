import { rotateSecretsKey } from "#app/platform/secret-box.server.ts";
import { rotatable, rotateKey } from "./installation-keys.server.ts";

/*
 * npm run keys:rotate authority|timestamps|secrets: makes an end of a key. Of one with which PDFs are signed, nothing has
 * to be restarted; what was signed before stays valid, because every PDF carries the certificates it needs. Of the one
 * that seals the secrets of authenticator apps, the next start seals them anew and destroys the old key.
 */
if (process.argv[2] === "secrets") {
  rotateSecretsKey();
  console.log(
    "A new key seals from now on. Copy keys/secrets.key to the other machines, then restart: that seals anew what is stored, and destroys the old key.",
  );
  process.exit(0);
}
const which = rotatable.find((name) => name === process.argv[2]);
if (!which) {
  console.error(`Name the key to rotate: npm run keys:rotate ${[...rotatable, "secrets"].join("|")}`);
  process.exit(2);
}
const retired = rotateKey(which);
console.log(
  retired
    ? `The key "${which}" is destroyed. Its certificate is kept in keys/retired; SHA-256 ${retired}. The next signature makes a new one.`
    : `There was no key "${which}" in use. The first signature makes one.`,
);

/*
 * The parts of VERIFY.txt about signatures that stand in PDF files: those of the installation's own seal, and those that
 * were made outside. Lines that begin with four spaces are commands; the tests run each of them as it stands here.
 */

export const outsidePart = (names: string[]) => `4e. ARE THE SIGNATURES THAT WERE MADE OUTSIDE GENUINE?
These files were signed with the tool of a State. Each is the very file and the authority that the statement beside it names
(each of these commands answers "1"); the last signature of the file fits all of it, and its certificate leads to that
authority ("CMS Verification successful").

${names.map((name) => outsideCommands(name.replace(/\.pdf$/, ""))).join("\n\n")}

That the authority is the right one, one person of the party said and a second approved; the trail shows when. Whether the
certificate had been taken back by its issuer, and what weight the law of the State gives the signature, is not shown here.`;

function outsideCommands(name: string): string {
  const manifest = `${name.replace("counterparts/", "signatures/")}.manifest.json`;
  const verify = `openssl cms -verify -binary -inform DER -in ${name}.cms -content ${name}.content -CAfile ${name}.anchor.pem -partial_chain -purpose any -no_check_time -out /dev/null`;
  return [
    `    grep -c "\\"sha256\\":\\"$(sha256sum ${name}.pdf | cut -c1-64)\\"" ${manifest}`,
    `    grep -c "\\"fingerprint\\":\\"$(openssl x509 -in ${name}.anchor.pem -outform DER | sha256sum | cut -c1-64)\\"" ${manifest}`,
    "",
    ...takeApart(`${name}.pdf`, name, "max").map((line) => `    ${line}`),
    `    ${verify}`,
    `    rm ${name}.cms ${name}.content`,
  ].join("\n");
}

/**
 * A signature of a PDF and the bytes it covers, as two files: of all of them the last ("max"), which must end with the
 * file, or the first ("min").
 */
const takeApart = (pdf: string, name: string, which: "min" | "max") =>
  `python3 -c '
import re, sys
pdf = open("${pdf}", "rb").read()
ranges = re.findall(rb"/ByteRange *[[] *0 +([0-9]+) +([0-9]+) +([0-9]+)", pdf)
gap, resume, rest = ${which}(([int(n) for n in one] for one in ranges), key=lambda one: one[1] + one[2])
${which === "max" ? `if resume + rest != len(pdf): sys.exit("NOT the whole file")\n` : ""}open("${name}.cms", "wb").write(bytes.fromhex(pdf[gap + 1:resume - 1].decode()))
open("${name}.content", "wb").write(pdf[:gap] + pdf[resume:resume + rest])
'`.split("\n");

/** "awaited": in force, but the timestamps for the seal were not to be had when the bundle was made */
export type SealedPdf = "no" | "awaited" | "sealed" | "with-authorities";
type Sealed = { attached: string[]; sealedPdf: SealedPdf };

export const pdfPart = ({ attached, sealedPdf }: Sealed) =>
  [
    sealedPdf === "awaited" ? awaitedPart : sealedPart,
    ...(sealedPdf === "with-authorities" ? [sealPart()] : []),
    ...(attached.length > 0 ? [attachedPart(attached, sealedPdf)] : []),
  ].join("\n\n");

const sealedPart = `6. IS THE PDF THE ONE THAT WAS GIVEN TO EVERYBODY?
When the arrangement was in force the installation sealed the PDF: a signature and two timestamps, with a certificate of
its own that lived for thirty minutes. Nothing may follow them in the file (needs pdfsig from poppler-utils; any reader
of PDF shows the seal too, and says that it does not know who issued the certificate).

    pdfsig -nocert arrangement.pdf | grep "Signature is Valid"

    pdfsig -nocert arrangement.pdf | grep "  - Total document signed"

The seal says that the installation put out this very file. It is not the signature of a person, and what is said of the
clock is what its certificate says.`;

const awaitedPart = `6. THE PDF IS NOT SEALED YET
When this bundle was made, the timestamp authority outside that this installation is set to use gave no timestamps, and
the seal of the installation needs two of them. arrangement.pdf shows the document as it was signed, without that seal.
All signatures stand, and the parts above check them. The installation tries again by itself: take the record again
later, and the seal is in it.`;

const sealPart =
  () => `Without a reader of PDF: the seal fits the bytes it covers and leads to its authority, and the last timestamp covers
the whole file and leads to its own ("CMS Verification successful", "Verification: OK"). The authority of the seal is the
installation's own; ask for the name of its certificate as in part 3.

    openssl x509 -in keys/seal.pem -noout -subject -fingerprint -sha256

${takeApart("arrangement.pdf", "seal", "min")
  .map((line) => `    ${line}`)
  .join("\n")}
    ${sealVerified}
    rm seal.cms seal.content

${takeApart("arrangement.pdf", "timestamp", "max")
  .map((line) => `    ${line}`)
  .join("\n")}
    ${timestampVerified}
    rm timestamp.cms timestamp.content`;

// Their certificates live for minutes and years; when they were valid is what the timestamps say.
const sealVerified =
  "openssl cms -verify -binary -inform DER -in seal.cms -content seal.content -CAfile keys/seal.pem -purpose any -no_check_time -out /dev/null";
const timestampVerified =
  "openssl ts -verify -data timestamp.content -in timestamp.cms -token_in -CAfile keys/timestamps.pem -partial_chain -no_check_time";

const attachedPart = (
  names: string[],
  sealedPdf: SealedPdf,
) => `WHICH FILE CARRIES WHICH SIGNATURE. The signature page of arrangement.pdf was made when all had signed and shows every
signature in words. A signature made outside is bound to the bytes that were handed out then, so it stands in its own
file. That file is attached to arrangement.pdf${sealedPdf === "awaited" ? "" : ", under the seal and its timestamps,"} and lies in counterparts/ too: both
are the same.

${names
  .map((name) => {
    const attachment = name.replace("counterparts/", "signed-outside-");
    return `    pdfdetach -savefile ${attachment} -o attached.pdf arrangement.pdf && cmp attached.pdf ${name} && rm attached.pdf`;
  })
  .join("\n")}`;

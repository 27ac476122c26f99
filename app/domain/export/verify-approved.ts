/*
 * The part of VERIFY.txt about what the team approved for itself: minutes of meetings and versions of the operational
 * plan. Lines that begin with four spaces are commands; the tests run each of them as it stands here.
 */

const approvals = ["minutes.approve", "plan.versioned"];

/** Whether a line of the trail tells that such a text was approved. */
export function isApproval(line: string): boolean {
  return approvals.includes((JSON.parse(line) as { action?: string }).action ?? "");
}

export const approvedPart = ({
  approved,
}: {
  approved: string[];
}) => `5b. ARE THE MINUTES AND THE PLAN THOSE THAT WERE APPROVED?
Minutes of meetings and versions of the operational plan are approved by the SHA-256 of their exact text, and the entry of
the approval names it. ${approved.length > 0 ? held : notHeld}

${[...approved.map((name) => `test -s ${name}`), ...recipe].map((line) => `    ${line}`).join("\n")}

A later version stands beside the earlier one: what was approved first stays what it was.`;

const held = `Each file of minutes/ and plan/ must give the SHA-256 of its entry; an approval whose text is not in
this bundle is listed with its SHA-256.`;
const notHeld = `The texts are not in this bundle, which was taken without them; each is listed with
its SHA-256. Whoever shows you one: name the file as it is listed, put it there, and run the command again.`;

// In one quotation, so that it can be pasted into any shell; no single quote may stand in it.
const recipe = `python3 -c '
import glob, hashlib, json, sys
told = {}
for line in open("trail/entries.jsonl", encoding="utf8"):
    entry = json.loads(line)
    facts = entry.get("facts", {})
    if entry["action"] == "minutes.approve": told["minutes/M-%02d-v%d.json" % (facts["number"], facts["version"])] = entry
    if entry["action"] == "plan.versioned": told["plan/v%d.json" % facts["version"]] = entry
kept = {name: hashlib.sha256(open(name, "rb").read()).hexdigest() for name in glob.glob("minutes/*") + glob.glob("plan/*")}
wrong = [name for name in kept if name not in told or told[name]["facts"]["digest"] != kept[name]]
if wrong: sys.exit("NOT as approved: " + " ".join(wrong))
for name, entry in sorted(told.items()):
    print(name, "is what entry %d approved," % entry["seq"] if name in kept else "is not here; entry %d," % entry["seq"], entry["at"], "names", entry["facts"]["digest"])
'`.split("\n");

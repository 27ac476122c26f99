import type { Chance } from "#tests/support/seeded.ts";
import type { Fields } from "./form-seeds.ts";

/** Values at which a reader of forms may err. */
const values = [
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\ud800",
  "\u202eevil",
  "\u200b",
  "ﷺ".repeat(200),
  "e\u0301".repeat(600),
  "x".repeat(100_000),
  "null",
  "undefined",
  "NaN",
  "[object Object]",
  "{}",
  "[]",
  "true",
  "-1",
  "1e999",
  "9007199254740993",
  "0x10",
  "9999-99-99",
  "0000-00-00",
  "2026-02-30",
  "+275760-09-13",
  "275760-09-14T00:00:00Z",
  "P0D",
  "P99999999999Y",
  "PT1S",
  "Europe/Nowhere",
  "../../etc/passwd",
  "//elsewhere.example",
  "javascript:alert(1)",
  "<script>alert(1)</script>",
  "'; DROP TABLE person; --",
  "$1",
  "%00",
  "00000000-0000-0000-0000-000000000000",
  "ffffffff-ffff-ffff-ffff-ffffffffffff",
  "a@b",
  '"a b"@exercise.example',
  "a@exercise.example\r\nBcc: b@exercise.example",
  "space_admin",
  "user_admin",
  "participant_observer",
];

/** Names that mean something to a reader of paths, or to JavaScript. */
const names = [
  "",
  "__proto__",
  "constructor",
  "constructor.prototype",
  "toString",
  "hasOwnProperty",
  "__INTENT__",
  "__intent__",
  "roles[0]",
  "roles[]",
  "roles[-1]",
  "roles[9999]",
  "roles[4294967295]",
  "roles[999999999999]",
  "roles.x",
  "roles[0].x",
  "names",
  "names[en]",
  "names.__proto__.x",
  "names.en.x",
  "from[member]",
  "until..member",
  "a[b",
  "a]b",
  "].[",
  ".",
  "act",
  "reason",
  "email.x",
  "x".repeat(5_000),
  "a.".repeat(2_000),
  "\u0000",
];

function broken(chance: Chance, fields: Fields): Fields {
  const made = fields.map(([name, value]): [string, string] => [name, value]);
  for (let count = chance.below(4); count > 0; count--) {
    const at = chance.below(Math.max(1, made.length));
    const field = made[at];
    switch (chance.below(6)) {
      case 0:
        made.splice(at, 1);
        break;
      case 1:
        if (field) field[1] = chance.oneOf(values);
        break;
      case 2:
        if (field) made.push([field[0], chance.oneOf(values)]);
        break;
      case 3:
        if (field) field[0] = chance.oneOf(names);
        break;
      case 4:
        made.push([chance.oneOf(names), chance.oneOf(values)]);
        break;
      default:
        if (field)
          made.push([`${field[0]}${chance.oneOf(["[0]", "[]", ".x", "[99999999]", "["])}`, chance.oneOf(values)]);
    }
  }
  return made;
}

export type Sent = { body: BodyInit; type?: string };

/** A body bred from a good form: other fields, other encodings, or bytes that are no form at all. */
export function bredBody(chance: Chance, fields: Fields): Sent {
  const made = broken(chance, fields);
  const encoded = new URLSearchParams(made).toString();
  switch (chance.below(12)) {
    case 0:
      return { body: multipart(chance, made) };
    case 1:
      return { body: encoded, type: "multipart/form-data" };
    case 2:
      return { body: encoded, type: "multipart/form-data; boundary=x" };
    case 3:
      return { body: `--x\r\n${encoded}\r\n--x--`, type: "multipart/form-data; boundary=x" };
    case 4:
      return { body: JSON.stringify(Object.fromEntries(made)), type: "application/json" };
    case 5:
      return { body: encoded, type: chance.oneOf(["text/plain", "application/octet-stream", "nonsense", "*/*"]) };
    case 6:
      return {
        body: Uint8Array.from({ length: chance.below(200) }, () => chance.below(256)),
        type: "application/x-www-form-urlencoded",
      };
    case 7:
      return {
        body: encoded.slice(0, chance.below(encoded.length + 1)) + chance.oneOf(["%", "%f", "&&=&", "=;", ""]),
        type: "application/x-www-form-urlencoded;charset=UTF-16",
      };
    default:
      return { body: new URLSearchParams(made) };
  }
}

function multipart(chance: Chance, fields: Fields): FormData {
  const form = new FormData();
  for (const [name, value] of fields) {
    if (chance.below(3) === 0) form.append(name, new File([value], chance.oneOf(["", "a.pdf", "../x", "\u0000"])));
    else form.append(name, value);
  }
  return form;
}

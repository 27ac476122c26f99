import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, type PdfObject, PdfRef, PdfStream, PdfString } from "@libpdf/core";

/**
 * What a file says besides the signature it should add: `encrypted`; `damaged` it cannot be read without guessing;
 * `revisions` more or less than one version was appended; `script` actions or JavaScript; `visible` the signature is
 * shown on a page; `changed` anything else.
 */
export type AdditionFault = "encrypted" | "damaged" | "revisions" | "script" | "visible" | "changed";

/** The four numbers of its range, the bytes of its value with the zeros after it, and its form (ISO 32000-2 12.8.3). */
export type AddedSignature = { range: readonly number[]; contents: Uint8Array; form: SignatureForm };
export type SignatureForm = "ETSI.CAdES.detached" | "adbe.pkcs7.detached";

/** Room for the objects of one signature: field, value, form, and what carries them. */
const mostNewObjects = 40;

/**
 * Checks that `file`, which begins with `base` byte for byte, adds one invisible signature to it and nothing else: the
 * objects of both are compared one by one, and only the list of fields, the list of marks on one page and the date of
 * change may differ. What is compared is small: the caller bounds the length of what was added. Returns what the
 * signature says of itself, or what stands against it.
 */
export async function addedSignature(base: Uint8Array, file: Uint8Array): Promise<AddedSignature | AdditionFault> {
  const before = await opened(base);
  const after = await opened(file);
  if (!before || !after) return "damaged";
  if (after.isEncrypted || after.context.info.trailer.has("Encrypt")) return "encrypted";
  const added = latin1(file.subarray(base.length));
  // A second table beside the first, and objects of another generation: readers differ in which they believe.
  if (/\/XRefStm\b|\s\d+ [1-9]\d* obj\b|\d{10} (?!00000)\d{5} n/.test(added)) return "changed";
  if ((added.match(/startxref/g) ?? []).length !== 1 || !/%%EOF\s*$/.test(added)) return "revisions";
  if (after.context.info.trailer.getNumber("Prev")?.value !== startOf(base)) return "revisions";
  return new Comparison(before, after).result();
}

async function opened(bytes: Uint8Array): Promise<PDF | null> {
  try {
    const pdf = await PDF.load(Uint8Array.from(bytes), { lenient: false });
    return pdf.recoveredViaBruteForce ? null : pdf;
  } catch {
    return null;
  }
}

function startOf(pdf: Uint8Array): number {
  const end = latin1(pdf.subarray(Math.max(0, pdf.length - 64)));
  return Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(end)?.[1] ?? -1);
}

/** Thrown inside this file alone, and caught at its edge. */
class Fault extends Error {
  constructor(readonly fault: AdditionFault) {
    super(fault);
  }
}

function must(holds: unknown, fault: AdditionFault = "changed"): asserts holds {
  if (!holds) throw new Fault(fault);
}

class Comparison {
  private readonly objects = { before: new Map<number, PdfObject>(), after: new Map<number, PdfObject>() };
  /** numbers of objects that are new or other than they were, and have not been accounted for */
  private readonly open = new Set<number>();

  constructor(
    private readonly before: PDF,
    private readonly after: PDF,
  ) {}

  result(): AddedSignature | AdditionFault {
    try {
      return this.compare();
    } catch (error) {
      if (error instanceof Fault) return error.fault;
      return "damaged";
    }
  }

  private compare(): AddedSignature {
    const [was, is] = [this.before.context, this.after.context];
    const last = is.registry.nextObjectNumber - 1;
    must(last < was.registry.nextObjectNumber + mostNewObjects);
    for (let number = 1; number <= last; number++) {
      const [old, current] = [was.resolve(PdfRef.of(number)), is.resolve(PdfRef.of(number))];
      if (old) this.objects.before.set(number, old);
      if (current) this.objects.after.set(number, current);
      if (written(old) !== written(current)) this.open.add(number);
    }
    must(written(was.info.trailer.get("Root")) === written(is.info.trailer.get("Root")));
    const field = this.formField();
    this.widgetOnPage(field);
    this.information();
    const signature = this.value(field);
    for (const number of this.open) this.carriesOnly(number);
    return signature;
  }

  /** The form gains one field, and nothing else of it changes. */
  private formField(): PdfRef {
    const root = this.after.context.info.trailer.getRef("Root");
    must(root);
    const [old, current] = [this.before, this.after].map((pdf) => this.dictOf(pdf, root));
    must(old && current);
    this.open.delete(root.objectNumber);
    must(sameBut(old, current, ["AcroForm", "Extensions", "OpenAction", "AA"]));
    must(
      ["OpenAction", "AA"].every((key) => written(old.get(key)) === written(current.get(key))),
      "script",
    );
    const [form, newForm] = this.entries(old, current, "AcroForm");
    must(newForm instanceof PdfDict && !(newForm instanceof PdfStream));
    must(form === undefined || form instanceof PdfDict);
    const isNew = form === undefined;
    const parts = ["Fields", "SigFlags", "DA", "DR", "NeedAppearances"];
    must(!isNew || [...newForm.keys()].every(({ value }) => parts.includes(value)));
    must(!isNew || newForm.getBool("NeedAppearances")?.value !== true);
    must(isNew || sameBut(form, newForm, ["Fields", "SigFlags"]));
    must(newForm.getNumber("SigFlags", this.resolve)?.value === 3);
    const [fields, newFields] = this.lists(form, newForm, "Fields");
    must(newFields.length === fields.length + 1);
    must(fields.every((one, index) => written(one) === written(newFields[index])));
    const field = newFields.at(-1);
    must(field instanceof PdfRef && !this.objects.before.has(field.objectNumber));
    return field;
  }

  /** At most one page gains at most this one mark. Its list of marks can be an object of its own. */
  private widgetOnPage(field: PdfRef): void {
    let gained = 0;
    for (const [number, old] of this.objects.before) {
      if (!(old instanceof PdfDict) || old.getName("Type")?.value !== "Page") continue;
      const current = this.objects.after.get(number);
      must(current instanceof PdfDict && sameBut(old, current, ["Annots"]));
      this.open.delete(number);
      const [marks, newMarks] = this.lists(old, current, "Annots");
      if (marks.map((one) => written(one)).join(" ") === newMarks.map((one) => written(one)).join(" ")) continue;
      this.gainsOnly(marks, newMarks, field);
      gained++;
    }
    must(gained <= 1);
  }

  private gainsOnly(old: PdfObject[], current: PdfObject[], field: PdfRef): void {
    must(current.length === old.length + 1 && written(current.at(-1)) === written(field));
    must(old.every((one, index) => written(one) === written(current[index])));
  }

  /** Tools that write a file say so, and when. */
  private information(): void {
    const [old, current] = [this.before.context.info.trailer, this.after.context.info.trailer];
    const [ref, newRef] = [old.getRef("Info"), current.getRef("Info")];
    must(written(ref) === written(newRef));
    if (!ref || !this.open.delete(ref.objectNumber)) return;
    const [was, is] = [this.objects.before.get(ref.objectNumber), this.objects.after.get(ref.objectNumber)];
    must(was instanceof PdfDict && is instanceof PdfDict && sameBut(was, is, ["ModDate", "Producer"]));
  }

  /** The field is an empty box, and its value is a signature over the whole file. */
  private value(ref: PdfRef): AddedSignature {
    const field = this.objects.after.get(ref.objectNumber);
    must(field instanceof PdfDict && !(field instanceof PdfStream));
    this.open.delete(ref.objectNumber);
    must(!field.has("A") && !field.has("AA"), "script");
    const allowed = ["Type", "Subtype", "FT", "T", "TU", "F", "Ff", "P", "Rect", "V", "AP", "MK", "DA", "M", "NM"];
    must([...field.keys()].every(({ value }) => allowed.includes(value)));
    must(field.getName("FT", this.resolve)?.value === "Sig");
    must(this.isInvisible(field), "visible");
    const signature = field.getRef("V");
    must(signature && !this.objects.before.has(signature.objectNumber));
    const value = this.objects.after.get(signature.objectNumber);
    must(value instanceof PdfDict && !(value instanceof PdfStream));
    this.open.delete(signature.objectNumber);
    must(value.getName("Type")?.value !== "DocTimeStamp");
    const form = value.getName("SubFilter")?.value;
    must(form === "ETSI.CAdES.detached" || form === "adbe.pkcs7.detached");
    must(!value.has("Reference"));
    const contents = value.getString("Contents")?.bytes;
    must(contents);
    const range = value.getArray("ByteRange")?.toArray() ?? [];
    must(range.length === 4 && range.every((one) => one instanceof PdfNumber));
    return { range: range.map((one) => (one as PdfNumber).value), contents, form };
  }

  /** No box, or one without size; an appearance that shows nothing may be there. */
  private isInvisible(field: PdfDict): boolean {
    const box = field.getArray("Rect", this.resolve)?.toArray();
    if (box && !(box.length === 4 && box.every((one) => one instanceof PdfNumber))) return false;
    const [left = 0, bottom = 0, right = 0, top = 0] = (box ?? []).map((one) => (one as PdfNumber).value);
    if (left !== right || bottom !== top) return false;
    const looks = this.newEntry(field, "AP");
    if (looks === undefined) return true;
    if (!(looks instanceof PdfDict) || [...looks.keys()].some(({ value }) => value !== "N")) return false;
    const shown = this.newEntry(looks, "N");
    if (!(shown instanceof PdfStream) || shown.data.length > 1000) return false;
    return /^\s*(q\s+Q\s*)?$/.test(latin1(shown.getDecodedData()));
  }

  /** What is left may carry the other objects (ISO 32000-1 7.5.7, 7.5.8), or be an object that was taken for them. */
  private carriesOnly(number: number): void {
    const object = this.objects.after.get(number);
    must(object !== undefined && !this.objects.before.has(number));
    must(object instanceof PdfStream);
    const kind = object.getName("Type")?.value;
    must(kind === "ObjStm" || (kind === "XRef" && hasOneGeneration(object)));
  }

  private dictOf(pdf: PDF, ref: PdfRef): PdfDict | null {
    const object = (pdf === this.before ? this.objects.before : this.objects.after).get(ref.objectNumber);
    return object instanceof PdfDict ? object : null;
  }

  /**
   * The entry in both files, each behind a reference where there is one. The object that is referred to now is new, or
   * is the one that was there: it is accounted for, because the caller compares the two.
   */
  private entries(old: PdfDict | undefined, current: PdfDict, key: string): [PdfObject?, PdfObject?] {
    const [was, is] = [old?.get(key), current.get(key)];
    const before = was instanceof PdfRef ? this.objects.before.get(was.objectNumber) : was;
    if (!(is instanceof PdfRef)) return [before, is];
    must(written(was) === written(is) || !this.objects.before.has(is.objectNumber));
    this.open.delete(is.objectNumber);
    return [before, this.objects.after.get(is.objectNumber)];
  }

  private lists(old: PdfDict | undefined, current: PdfDict, key: string): [PdfObject[], PdfObject[]] {
    const [was, is] = this.entries(old, current, key);
    must((was === undefined || was instanceof PdfArray) && (is === undefined || is instanceof PdfArray));
    return [was?.toArray() ?? [], is?.toArray() ?? []];
  }

  /** An entry of a new object, behind a reference to another new object where there is one. */
  private newEntry(dict: PdfDict, key: string): PdfObject | undefined {
    return this.entries(undefined, dict, key)[1];
  }

  private readonly resolve = (ref: PdfRef) => this.objects.after.get(ref.objectNumber) ?? null;
}

/** Whether every entry of a table in a stream names the generation 0 (ISO 32000-1, table 18). */
function hasOneGeneration(table: PdfStream): boolean {
  const widths = (table.getArray("W")?.toArray() ?? []).map((one) => (one instanceof PdfNumber ? one.value : -1));
  const [kind = -1, place = -1, last = -1] = widths;
  const row = kind + place + last;
  if (widths.length !== 3 || widths.some((width) => width < 0 || width > 8) || row === 0) return false;
  const rows = table.getDecodedData();
  for (let at = 0; at + row <= rows.length; at += row) {
    const inUse = kind === 0 || rows[at + kind - 1] === 1;
    if (inUse && rows.subarray(at + kind + place, at + row).some((byte) => byte !== 0)) return false;
  }
  return true;
}

function sameBut(old: PdfDict, current: PdfDict, keys: readonly string[]): boolean {
  return written(old, keys) === written(current, keys);
}

/** One text for one object, whatever the order of its entries and the way its file spells it. */
function written(object: PdfObject | null | undefined, without: readonly string[] = []): string {
  if (!object) return "";
  if (object instanceof PdfRef) return `${object.objectNumber} ${object.generation} R`;
  if (object instanceof PdfString) return `(${latin1(object.bytes)})`.replace(/[\\]/g, "\\\\");
  if (object instanceof PdfName) return `/${object.value}`;
  if (object instanceof PdfNumber) return String(object.value);
  if (object instanceof PdfArray)
    return `[${object
      .toArray()
      .map((one) => written(one))
      .join(" ")}]`;
  if (object instanceof PdfDict) {
    const entries = [...object]
      .filter(([{ value }]) => !without.includes(value))
      .map(([{ value }, held]) => `/${value.length}:${value} ${written(held)}`)
      .sort();
    const data = object instanceof PdfStream ? `stream${latin1(object.data)}endstream` : "";
    return `<<${entries.join(" ")}>>${data}`;
  }
  return `${object.type}${"value" in object ? String(object.value) : ""}`;
}

const latin1 = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

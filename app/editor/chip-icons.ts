import type { FieldType } from "#app/domain/templates/fields.ts";

/*
 * The pictures of Lucide (ISC licence) as plain paths: a chip is made by the editor, outside of React, and a text has
 * hundreds of them.
 */
const paths = {
  timer: "M10 2h4M12 14l3-3M4 14a8 8 0 1 0 16 0a8 8 0 1 0-16 0",
  list: "M13 5h8M13 12h8M13 19h8M3 17l2 2 4-4M3 7l2 2 4-4",
  globe: "M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 2a14.5 14.5 0 0 0 0 20 14.5 14.5 0 0 0 0-20M2 12h20",
  place:
    "M20 10c0 4.993-5.539 10.193-7.399 11.799a1 1 0 0 1-1.202 0C9.539 20.193 4 14.993 4 10a8 8 0 0 1 16 0M9 10a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
  calendar: "M8 2v3M16 2v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM3 9h18",
  language: "M5 8l6 6M4 14l6-6 2-3M2 5h12M7 2h1M22 22l-5-10-5 10M14 18h6",
  people:
    "M16 21v-2a4 4 0 0 0-4-4H6a4 4 0 0 0-4 4v2M16 3.128a4 4 0 0 1 0 7.744M22 21v-2a4 4 0 0 0-3-3.87M5 7a4 4 0 1 0 8 0a4 4 0 1 0-8 0",
  number: "M4 9h16M4 15h16M10 3L8 21M16 3l-2 18",
  computed: "M5 9h14M5 15h14",
  empty:
    "M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7",
} as const;
type Picture = keyof typeof paths;

const pictures: Partial<Record<FieldType["kind"], Picture>> = {
  duration: "timer",
  recurrence: "timer",
  choice: "list",
  choices: "list",
  boolean: "list",
  annexes: "list",
  zone: "globe",
  country: "place",
  countries: "place",
  date: "calendar",
  dates: "calendar",
  language: "language",
  languages: "language",
  person: "people",
  persons: "people",
  authority: "people",
  party: "people",
  number: "number",
  money: "number",
  computed: "computed",
};

/** The picture of a kind of value; null for plain words, which need none. */
export function pictureOf(kind: FieldType["kind"] | undefined, isEmpty: boolean): SVGSVGElement | null {
  const picture = isEmpty ? "empty" : kind && pictures[kind];
  return picture ? draw(paths[picture]) : null;
}

export function checkMark(): SVGSVGElement {
  return draw("M20 6 9 17l-5-5");
}

const svg = "http://www.w3.org/2000/svg";

function draw(shape: string): SVGSVGElement {
  const element = document.createElementNS(svg, "svg");
  for (const [name, value] of Object.entries({
    class: "i",
    viewBox: "0 0 24 24",
    fill: "none",
    stroke: "currentColor",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  })) {
    element.setAttribute(name, value);
  }
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", shape);
  element.append(path);
  return element;
}

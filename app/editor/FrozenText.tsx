import { Fragment, type ReactNode } from "react";
import { firstNumberOf, numberedBlocks } from "#app/domain/documents/clauses.ts";
import { type FieldReference, fieldText, tableText } from "#app/domain/documents/field-text.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import { FieldRows } from "./FieldRows.tsx";

/** What stands below a clause that is not part of it, by its id. */
type Below = (clauseId: string) => ReactNode;

type Reading = { fields: Record<string, unknown>; language: string };

/**
 * The frozen words as plain HTML, made from the canonical text alone. No editor: the page on which people sign shows
 * what the digest stands for and nothing else.
 */
export function FrozenText({ doc, fields, language, below }: { doc: TextNode; below?: Below } & Reading) {
  const first = firstNumberOf(doc);
  return (
    <article className="frozen-text" lang={language} dir="auto">
      {doc.content?.map((clause, place) => (
        <Clause
          key={String(clause.attrs?.clauseId ?? place)}
          clause={clause}
          number={first + place}
          reading={{ fields, language }}
          below={below?.(String(clause.attrs?.clauseId ?? ""))}
        />
      ))}
    </article>
  );
}

/** One clause by itself, as it reads in its language. */
export function ClauseWords({ clause, number, ...reading }: { clause: TextNode; number: number } & Reading) {
  return (
    <div className="frozen-text in-panel" lang={reading.language} dir="auto">
      <Clause clause={clause} number={number} reading={reading} />
    </div>
  );
}

type ClauseProps = { clause: TextNode; number: number; reading: Reading; below?: ReactNode };

function Clause({ clause, number, reading, below }: ClauseProps) {
  return (
    <section>
      <h2>
        <bdi className="frozen-number">{number}</bdi>
        <span>{inline(clause.content?.[0]?.content, reading)}</span>
      </h2>
      {numberedBlocks(clause, number).map(({ block, label }, index) => (
        <div key={String(block.attrs?.id ?? index)} className="frozen-block">
          <bdi className="frozen-number">{label}</bdi>
          <Block block={block} reading={reading} />
        </div>
      ))}
      {below}
    </section>
  );
}

function directionOf(block: TextNode): "ltr" | "rtl" | "auto" {
  return block.attrs?.dir === "ltr" || block.attrs?.dir === "rtl" ? block.attrs.dir : "auto";
}

function Block({ block, reading }: { block: TextNode; reading: Reading }): ReactNode {
  const dir = directionOf(block);
  const children = block.content?.map((child, index) => (
    <Block key={String(child.attrs?.id ?? index)} block={child} reading={reading} />
  ));
  switch (block.type) {
    case "paragraph":
      return <p dir={dir}>{inline(block.content, reading)}</p>;
    case "heading":
      return <h3 dir={dir}>{inline(block.content, reading)}</h3>;
    case "bulletList":
      return <ul>{children}</ul>;
    case "orderedList":
      return <ol start={Number(block.attrs?.start ?? 1)}>{children}</ol>;
    case "listItem":
      return <li>{children}</li>;
    case "table":
      return (
        <table>
          <tbody>{children}</tbody>
        </table>
      );
    case "fieldTable":
      return <FieldRows {...tableText(String(block.attrs?.name ?? ""), reading.fields, reading.language)} />;
    case "tableRow":
      return <tr>{children}</tr>;
    case "tableHeader":
      return <th {...span(block)}>{children}</th>;
    case "tableCell":
      return <td {...span(block)}>{children}</td>;
    default:
      throw new Error(`a frozen text holds an unknown block: ${block.type}`);
  }
}

function span(cell: TextNode) {
  return { colSpan: Number(cell.attrs?.colspan ?? 1), rowSpan: Number(cell.attrs?.rowspan ?? 1) };
}

function inline(nodes: TextNode[] | undefined, reading: Reading): ReactNode {
  return nodes?.map((node, index) => {
    // Frozen: the order of the words never changes, so their place is a good key.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    return <Fragment key={index}>{word(node, reading)}</Fragment>;
  });
}

function word(node: TextNode, { fields, language }: Reading): ReactNode {
  if (node.type === "hardBreak") return <br />;
  if (node.type === "field") {
    return <bdi>{fieldText(node.attrs as FieldReference, fields, language)}</bdi>;
  }
  return (node.marks ?? []).reduce<ReactNode>((inner, mark) => {
    if (mark.type === "bold") return <strong>{inner}</strong>;
    if (mark.type === "italic") return <em>{inner}</em>;
    if (mark.type === "underline") return <u>{inner}</u>;
    return inner;
  }, node.text ?? "");
}

/** The digest as numbered words, for reading it out on the telephone. */
export function DigestWords({ words }: { words: readonly string[] }) {
  return (
    <ol className="words">
      {words.map((word, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word may occur twice; its place is its name
        <li key={index}>
          <span className="num">{index + 1}</span>
          <span lang="en">{word}</span>
        </li>
      ))}
    </ol>
  );
}

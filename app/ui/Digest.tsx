type Props = { value: string; short?: boolean };

/** A digest in groups of four, so that two people can compare it by eye; copying gives it without the gaps. */
export function Digest({ value, short }: Props) {
  const shown = short ? value.slice(0, 16) : value;
  const groups = shown.match(/.{1,4}/g) ?? [];
  return (
    <code
      className="digest"
      title={value}
      onCopy={(event) => {
        event.clipboardData.setData("text/plain", String(getSelection()).replace(/\s+/g, ""));
        event.preventDefault();
      }}
    >
      {groups.join(" ")}
    </code>
  );
}

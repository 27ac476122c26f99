const reference = /^JIT-\d{4}-\d{3,6}$/;

/** True for text that could be a reference; anything else must not reach a query. */
export function isReference(text: string): boolean {
  return reference.test(text);
}

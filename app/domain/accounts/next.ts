/** Where to go after signing in: a path of our own, never another host, whatever a link carries. */
export function localPath(next: string | undefined): string {
  if (!next?.startsWith("/") || /[\\\p{Cc}]/u.test(next)) return "/home";
  const here = "http://here.invalid";
  const url = URL.canParse(next, here) ? new URL(next, here) : null;
  if (url?.origin !== here || url.pathname.startsWith("//") || next.startsWith("//")) return "/home";
  return url.pathname + url.search;
}

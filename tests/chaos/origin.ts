/** What a browser would say where the page came from; the servers of a run are told the same. */
export const origin = "http://localhost:3000";

/** One password for all invented people of the demonstration; an installation for real work has none of them. */
export const demonstrationPassword = "exercise only, no secrets";

/** The accounts shown at start, each with what it may do. */
export const demonstrationAccounts = [
  { login: "aigul", may: "Kazakhstan, leads SAIGA: edits, invites, finalises, opens for signature; founds teams" },
  { login: "wenjing", may: "China, leader in SAIGA: edits, invites people of China" },
  { login: "noha", may: "Egypt, leader in SAIGA: edits, invites people of Egypt" },
  { login: "sanne", may: "Netherlands, leader in SAIGA: edits, may export the record" },
  { login: "daniyar", may: "Kazakhstan, member of SAIGA: reads the text and people, cannot write" },
  { login: "marijke", may: "Netherlands, signs SAIGA (ermek, jianguo and hisham sign for the others)" },
  { login: "amina", may: "UNODC, observer in SAIGA: sees the team, not the text" },
  { login: "elena", may: "Spain, leads HARMATTAN, in force and about to expire" },
  { login: "giulia", may: "Italy, leads SILK LEDGER, closed and archived" },
  { login: "editor", may: "keeps the clause library: adds, changes and retires wordings; sees no team" },
  { login: "admin", may: "adds authorities and people, keeps the record of treaty status; sees no team" },
  { login: "operator", may: "runs the installation, sees no content" },
] as const;

export const demonstrationDomain = "exercise.example";

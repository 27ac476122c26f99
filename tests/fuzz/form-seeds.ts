/** Names and values of one form, as a browser sends them. */
export type Fields = [name: string, value: string][];

/** What stands in the forms: ids of the team that is asked about. */
export type Ids = {
  reference: string;
  party: string;
  member: string;
  person: string;
  document: string;
  annex: string;
  authority: string;
  invitation: string;
  signatory: string;
  token: string;
  clause: string;
  /** a card of the team: its number, id and column */
  task: string;
  card: string;
  column: string;
  /** a meeting of the team, whose minutes are begun */
  meeting: string;
  /** a table of the plan, and a row of it */
  kind: string;
  row: string;
  slot: string;
  /** of whose treaty status nothing else is recorded */
  state: string;
};

const none: Fields = [];

/** A good form of every action, by route. A new action must be put down here. */
export function formSeeds(ids: Ids): Record<string, Fields[]> {
  const reason: Fields = [["reason", "left the service"]];
  const authority: Fields = [
    ["state", "SN"],
    ["kind", "prosecution"],
    ["name", "Parquet general"],
    ["ownName", "Parquet général"],
    ["ownLanguage", "fr"],
    ["timeZone", "Africa/Dakar"],
  ];
  const person: Fields = [
    ["name", "Ольга Ким"],
    ["latinName", "Olga Kim"],
    ["email", "olga.kim@exercise.example"],
    ["function", "prosecutor"],
  ];
  const named: Fields = [
    ["names.en", "SAIGA"],
    ["otherLanguage", "ru"],
    ["otherName", "САЙГА"],
    ["summary", "horns\nand money"],
  ];
  const meeting: Fields = [
    ["title", "Coordination call"],
    ["place", "Cairo, room 4"],
    ["link", "https://video.exercise.example/room/4"],
    ["start", "2026-12-03T10:00"],
    ["end", "2026-12-03T11:30"],
    ["timeZone", "Africa/Cairo"],
    ["agenda", "Phones\nMoney"],
    ["invited", ids.member],
  ];
  const table = 'state,party,in_force_on,source,looked_up_on\nGM,yes,2004-01-01,"UNTC, XVIII",2026-11-01';
  const dayForms: Fields[] = (["go", "noGo", "withdrawn"] as const).map((word) => [
    ["word", word],
    ["reason", word === "noGo" ? "لم يصل الأمر" : ""],
    ["key", ids.card],
    ["pressedAt", "2026-12-03T04:10:00.000Z"],
  ]);
  const planned: Fields = [
    ["title", "Hearings of two officers"],
    ["party", ids.party],
    ["member", ids.member],
    ["supports", ids.party],
    ["start", "2026-12-01"],
    ["due", "2026-12-03T14:30"],
    ["timeZone", "Asia/Almaty"],
    ["milestone", "on"],
    ["after", "A2"],
    ["coercive", "on"],
    ["authorisation", "order 12 of 1 December"],
    ["priority", "high"],
    ["status", "todo"],
    ["outcome", "both\nheard"],
    ["handling", "NATIONAL-ONLY"],
    ["handlingParty", ids.party],
  ];
  const task: Fields = [
    ["title", "Ask the bank"],
    ["description", "both\nbanks"],
    ["party", ids.party],
    ["member", ids.member],
    ["start", "2026-12-01"],
    ["due", "2026-12-03T14:30"],
    ["timeZone", "Asia/Almaty"],
    ["priority", "high"],
    ["coercive", "on"],
    ["authorisation", "Court 12/2026"],
    ["handling", "NATIONAL-ONLY"],
    ["handlingParty", ids.party],
    ["clause", "C14, C05"],
    ["exhibit", "E-001"],
  ];
  const digest = "0".repeat(64);
  const response = { authenticatorData: "AA", clientDataJSON: "AA", signature: "AA", attestationObject: "AA" };
  const answer: Fields = [
    ["ask", ids.document],
    ["answer", JSON.stringify({ id: "AA", rawId: "AA", type: "public-key", response })],
  ];
  const wording: Fields = [
    ["topic", "C05"],
    ["title", "Period"],
    ["source", "house wording"],
    ["whenToUse", "always"],
    ["wordings.en", "The team works for {duration}."],
  ];
  /** of the arrangement and of its annexes */
  const text: Record<string, Fields[]> = {
    _index: [
      [
        ["act", "start"],
        ["instrumentKind", "agreement"],
        ["duration", "P12M"],
        ["referenceTimeZone", "UTC"],
      ],
      [
        ["act", "open"],
        ["document", ids.document],
      ],
      [
        ["act", "begin"],
        ["document", ids.document],
        ["language", "ar"],
      ],
      [
        ["act", "compare"],
        ["document", ids.document],
        ["clause", "C05"],
        ["language", "ar"],
        ["digest", digest],
      ],
      ...["override", "takeBackOverride"].map(
        (act): Fields => [["act", act], ["document", ids.document], ["rule", "V31"], ["basis", digest], ...reason],
      ),
    ],
    agree: [
      [
        ["act", "agree"],
        ["digest", digest],
      ],
      [["act", "takeBack"]],
    ],
    assents: [
      [
        ["act", "agree"],
        ["clause", "C05"],
        ["digest", digest],
      ],
      [
        ["act", "takeBack"],
        ["clause", "C05"],
      ],
    ],
    import: [[["file", "PK"]]],
    finalise: [none],
    reopen: [reason],
    withdraw: [reason],
  };
  const forms: Record<string, Fields[]> = {
    "routes/_index": [
      [
        ["email", "nobody@exercise.example"],
        ["password", "wrong words of nobody"],
        ["next", "/jits"],
      ],
    ],
    "routes/second-factor": [
      [["act", "ask"]],
      [
        ["act", "code"],
        ["code", "123456"],
      ],
      [["act", "answer"], ...answer],
    ],
    "routes/me.security": [
      [
        ["act", "confirm"],
        ["password", "wrong"],
      ],
      [["act", "confirmAsk"]],
      [["act", "confirmAnswer"], ...answer],
      [
        ["act", "passkey"],
        ["name", "Служебный ноутбук"],
      ],
      [["act", "addPasskey"], ["name", "Laptop"], ...answer],
      [
        ["act", "removePasskey"],
        ["passkey", "AAAA"],
      ],
      [
        ["act", "addApp"],
        ["code", "123456"],
      ],
      ...["beginApp", "removeApp", "makeCodes"].map((act): Fields => [["act", act]]),
    ],
    "routes/setup": [
      [...authority, ...person, ["person", "Ольга Ким"], ["code", "AAAA-BBBB"], ["password", "four grey herons"]],
    ],
    "routes/sign-out": [none],
    "routes/password.$token": [[["password", "four grey herons at dawn"]]],
    "routes/invitations.$token": [[...person, ["password", "four grey herons at dawn"]]],
    "routes/me.sessions": [[["session", "x"]]],
    "routes/me.settings": [
      [
        ["act", "prefer"],
        ["language", "fr"],
        ["theme", "dark"],
        ["timeZone", "Africa/Dakar"],
      ],
      [
        ["act", "password"],
        ["currentPassword", "wrong"],
        ["password", "four grey herons at dawn"],
      ],
    ],
    "routes/admin.authorities": [authority],
    "routes/admin.people._index": [
      [
        ...person,
        ["authority", ids.authority],
        ["globalRoles", "user_admin"],
        ["languages", "ru"],
        ["languages", "en"],
      ],
    ],
    "routes/admin.people.$person": [
      [
        ["act", "roles"],
        ["globalRoles", "national_coordinator"],
      ],
      [["act", "renew"]],
      [["act", "clear"]],
      [["act", "close"]],
      [["act", "open"]],
    ],
    "routes/admin.treaty-status.$state": [
      [
        ["party", "yes"],
        ["inForceOn", "2008-08-30"],
        ["declarations.disputes", "Not bound by article 35, paragraph 2."],
        ["declarations.other", "Другое"],
        ["source", "UN Treaty Collection"],
        ["lookedUpOn", "2026-11-01"],
        ["seen", "0"],
      ],
    ],
    "routes/admin.treaty-status.import": [
      [
        ["act", "preview"],
        ["text", table],
        ["file", ""],
      ],
      [
        ["act", "record"],
        ["text", table],
        ["seen", "0"],
      ],
    ],
    "routes/jits.new": [[...named, ["exercise", "on"]]],
    "routes/jits.$reference.settings": [named],
    "routes/jits.$reference.parties.new": [
      [
        ["authority", ids.authority],
        ["nationalCase", "12/2026"],
      ],
    ],
    "routes/jits.$reference.parties.$party": [[["nationalCase", "4471/2025"]]],
    "routes/jits.$reference.people._index": [[["invitation", ids.invitation]]],
    "routes/jits.$reference.people.notice": [
      [
        ["kind", "add"],
        ["party", ids.party],
        ["email", "olga.kim@exercise.example"],
        ["role", "seconded_member"],
        ["capacity", "Investigator"],
        ["day", "2026-12-01"],
        ["until", "2027-02-01"],
        ["words", "for the search"],
      ],
    ],
    "routes/jits.$reference.people.invite": [
      [
        ["party", ids.party],
        ["email", "new@exercise.example"],
        ["roles", "member"],
        ["roles", "signatory"],
        ["capacity", "adviser"],
        ["from", "2026-01-01"],
        ["until", "2150-01-01"],
      ],
    ],
    "routes/jits.$reference.people.$member._index": [
      [
        ["roles", "member"],
        ["roles", "lead_negotiator"],
        ["from.member", "2026-01-01"],
        ["until.member", "2150-01-01"],
      ],
    ],
    "routes/jits.$reference.people.$member.revoke": [reason],
    "routes/jits.$reference.activity": [none],
    ...prefixed("routes/jits.$reference.agreement.", text),
    ...prefixed("annex.", text),
    "routes/jits.$reference.annexes._index": [
      [["annex", "A4"]],
      [
        ["annex", "A2"],
        ["about", "World Customs Organization"],
      ],
    ],
    "routes/jits.$reference.annexes.$annex.revise": [reason],
    "routes/jits.$reference.agreement.open": [
      [
        [`role.m${ids.signatory}`, "signatory"],
        [`way.m${ids.signatory}`, "either"],
        [`due.m${ids.signatory}`, "2150-01-01"],
        [`role.m${ids.member}`, "copy"],
      ],
    ],
    "routes/jits.$reference.agreement.approvals": [
      [
        ["party", ids.party],
        ["body", "Министерство юстиции"],
        ["status", "given"],
        ["reference", "12/2026"],
        ["day", "2026-11-20"],
      ],
    ],
    "routes/jits.$reference.agreement.sign.authorities": [
      [
        ["act", "register"],
        ["party", ids.party],
        ["source", "gazette 12/2026"],
        ["file", "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----"],
      ],
      [
        ["act", "approve"],
        ["anchor", ids.member],
      ],
      [["act", "revoke"], ["anchor", ids.member], ...reason],
    ],
    "routes/jits.$reference.agreement.sign.$slot.outside": [
      [["act", "take"]],
      [
        ["act", "handIn"],
        ["capacity", "prosecutor"],
        ["place", "Cairo"],
        ["file", "%PDF-1.4"],
      ],
    ],
    "routes/jits.$reference.agreement.sign.withdraw": [reason],
    "routes/jits.$reference.agreement.sign.delegate": [
      [
        ["member", ids.member],
        ["mandate", "Order 114"],
      ],
    ],
    "routes/jits.$reference.agreement.sign.$slot.paper": [
      [
        ["digest", digest],
        ["file", "%PDF-1.4"],
        ["signatory", "هشام فؤاد"],
        ["capacity", "prosecutor"],
        ["place", "Cairo"],
        ["signedOn", "2026-11-20"],
      ],
    ],
    "routes/jits.$reference.agreement.sign.$slot.check": [
      [
        ["act", "confirm"],
        ["by", "code"],
        ["sha256", digest],
        ["shortDigest", "0000 0000 0000 0000"],
        ["pages", "12"],
        ["password", "exercise only, no secrets"],
        ["code", "123456"],
      ],
      [["act", "refuse"], ["sha256", digest], ...reason],
    ],
    "routes/jits.$reference.agreement.sign._index": [
      [
        ["by", "code"],
        ["digest", "00"],
        ["capacity", "prosecutor"],
        ["place", "Almaty"],
        ["password", "wrong"],
        ["code", "123456"],
        ["agreed", "on"],
      ],
      [
        ["by", "passkey"],
        ["digest", digest],
        ["capacity", "prosecutor"],
        ["place", "Almaty"],
        ["agreed", "on"],
      ],
      [["by", "answer"], ...answer],
    ],
    "routes/jits.$reference.agreement.sign.decline": [reason],
    "routes/jits.$reference.tasks._index": [
      [
        ["task", ids.card],
        ["here", ids.column],
        ["to", "up"],
      ],
    ],
    "routes/jits.$reference.tasks.move": [
      [
        ["task", ids.card],
        ["column", ids.column],
        ["place", "first"],
      ],
    ],
    "routes/jits.$reference.tasks.new": [task],
    "routes/jits.$reference.tasks.$task.change": [[...task, ["seen.title", "Ask the bank"]]],
    "routes/jits.$reference.tasks.$task._index": [
      [
        ["act", "move"],
        ["column", ids.column],
        ["reason", "the court is closed"],
      ],
      [
        ["act", "step"],
        ["words", "Answer of Egypt"],
        ["member", ids.member],
      ],
      [
        ["act", "comment"],
        ["words", "سنرسل الرد"],
      ],
      ...["tick", "untick", "remove"].map(
        (act): Fields => [
          ["act", act],
          ["step", ids.card],
        ],
      ),
    ],
    "routes/jits.$reference.tasks.columns": [
      [
        ["act", "add"],
        ["name", "Waiting"],
        ["cardLimit", "5"],
      ],
      [
        ["act", "change"],
        ["column", ids.column],
        ["name", "In hand"],
      ],
      [
        ["act", "delete"],
        ["column", ids.column],
      ],
    ],
    "routes/jits.$reference.plan.versions._index": [[["digest", "0".repeat(64)]]],
    "routes/jits.$reference.plan.day.$day._index": dayForms,
    "routes/jits.$reference.plan.day.$day.now": dayForms,
    "routes/jits.$reference.plan.$kind.new": [[...planned, ["line", "A"]]],
    "routes/jits.$reference.plan.$kind.$row.change": [[...planned, ["seen.title", "x"]]],
    "routes/jits.$reference.plan.$kind.$row._index": [
      [["act", "card"]],
      [["act", "remove"], ...reason],
      [
        ["act", "times"],
        ["start", "2026-12-01"],
        ["due", "2026-12-03"],
        ["seen.start", ""],
        ["seen.due", ""],
      ],
    ],
    "routes/jits.$reference.tasks.import": [[["file", "title\nx"]]],
    "routes/jits.$reference.decisions.new": [
      [
        ["topic", "Where the first hearing is held"],
        ["words", "In Almaty"],
        ["reason", "The witness lives there"],
        ["dissent", "Egypt: too far"],
        ["parties", ids.party],
        ["members", ids.member],
        ["start", "2026-11-02T10:00"],
        ["timeZone", "Asia/Almaty"],
        ["clauses", "C14"],
        ["tasks", "T-01"],
        ["meeting", ids.meeting],
      ],
    ],
    "routes/jits.$reference.meetings.new": [meeting],
    "routes/jits.$reference.meetings.times": [
      [
        ["meeting", ids.meeting],
        ["edition", "1"],
        ["start", "2026-12-04T10:00"],
        ["end", "2026-12-04T11:00"],
        ["timeZone", "Africa/Cairo"],
      ],
    ],
    "routes/jits.$reference.meetings.$meeting._index": [none],
    "routes/jits.$reference.meetings.$meeting.change": [[...meeting, ["edition", "1"]]],
    "routes/jits.$reference.meetings.$meeting.attendance": [
      [
        ["edition", "1"],
        ["guests", "two interpreters"],
        [`at.m${ids.member}`, "online"],
      ],
    ],
    "routes/jits.$reference.meetings.$meeting.call-off": [reason],
    "routes/jits.$reference.meetings.$meeting.minutes._index": [
      [
        ["act", "decide"],
        ["topic", "Where the first hearing is held"],
        ["words", "In Almaty"],
        ["reason", "The witness lives there"],
        ["parties", ids.party],
        ["start", "2026-11-02T10:00"],
        ["timeZone", "Asia/Almaty"],
      ],
      [
        ["act", "task"],
        ["title", "Ask the bank"],
        ["party", ids.party],
        ["member", ids.member],
        ["due", "2026-12-20"],
      ],
    ],
    "routes/jits.$reference.meetings.$meeting.minutes_.approve": [[["digest", "a".repeat(64)]]],
    "routes/jits.$reference.meetings.$meeting.minutes_.correct": [reason],
    "routes/library.new": [wording],
    "routes/library.$clause._index": [none],
    "routes/library.$clause.change": [[...wording, ["seen", "1"]]],
    "routes/library.$clause.retire": [reason],
    "routes/jits.$reference.closing": [[["step", "ask"]], [["step", "confirm"]]],
  };
  const signed = signedAlike.map((page) => [`annex.${page}`, forms[`routes/jits.$reference.agreement.${page}`] ?? []]);
  return { ...forms, ...Object.fromEntries(signed) };
}

/** Pages of the arrangement that the annexes signed after it have too. */
const signedAlike = [
  "open",
  "sign._index",
  "sign.decline",
  "sign.delegate",
  "sign.withdraw",
  "sign.$slot.check",
  "sign.$slot.outside",
  "sign.$slot.paper",
];

function prefixed(prefix: string, forms: Record<string, Fields[]>): Record<string, Fields[]> {
  return Object.fromEntries(Object.entries(forms).map(([name, all]) => [`${prefix}${name}`, all]));
}

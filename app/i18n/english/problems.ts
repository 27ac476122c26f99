/**
 * One sentence for every reason a domain refusal can carry: what happened, why, what to do. `{{label}}` is the name of
 * the field where the form knows it; "unknown" stands for a reason without a sentence.
 */
export const problems = {
  unknown: "We could not do this. Read what you entered and try again.",
  // fields
  required: "This is missing. Enter it.",
  requiredNamed: "{{label}} is missing. Enter it.",
  "too-long": "This is too long. Shorten it.",
  "too-longNamed": "{{label}} is too long. Shorten it.",
  "too-large": "This is too large to store. Send less at once.",
  "control-characters": "The text contains characters that cannot be shown. Type it again.",
  "wrong-kind": "This is not one of the possible answers. Choose again.",
  "date-invalid": "This is not a day of the calendar. Enter day, month and year.",
  "date-order": "The last day must come after the first day.",
  "start-after-due": "The start is after the due date, so there is no time to do it. Change one of the two.",
  "task-title-too-long":
    "A title has at most 200 characters. Shorten it; the rest can stand under “What is to be done”.",
  "task-text-too-long": "This has at most 10,000 characters. Shorten it, or put the rest into comments.",
  "decision-too-long": "This has at most 10,000 characters, so that the log can be read. Shorten it.",
  "decision-to-come": "This time is still to come, so nothing was decided then. Enter when it was decided.",
  "decision-by-nobody": "A decision needs someone who took it. Choose at least one party or person.",
  "decision-unknown": "There is no such decision in this log. Enter a number as the list shows it, such as D-03.",
  "task-column-gone": "This column was deleted, and its cards moved. Choose one of the columns that are there.",
  "task-column-full":
    "This column holds as many cards as the team allows it. Move a card out first, or raise the limit.",
  "task-column-not-empty": "There are cards in this column, some perhaps kept from you. Choose where they go.",
  "task-last-column": "A board needs a column. Add another before you delete this one.",
  "task-changed-meanwhile":
    "Someone changed this while you wrote. Your own words are kept here; what stands there now is shown above. Save again to put yours in its place.",
  "task-not-yours-to-give": "You may give tasks to your own party only. Ask a leader to change who this is for.",
  "task-reason-needed": "Say what blocks it, so that others know whom to ask.",
  "task-holder-gone": "This person is no longer in the team. Choose someone who is.",
  "task-handling-party": "This handling code keeps a task to one party. Choose which.",
  "task-link-wrong":
    "Write numbers with commas between them: clauses as C14, decisions as D-03, exhibits as E-001, plan lines as A2.",
  "task-file-unreadable":
    "This is not a CSV file with a line of heads and a column “title”. Download the tasks to see what it looks like.",
  "task-file-too-long": "A file may hold 500 tasks. Divide it.",
  "task-limit-wrong": "A limit is a number from 1 to 1,000. Leave it empty for none.",
  "time-skipped": "The clocks of this time zone go forward over this time, so it does not exist there. Choose another.",
  "email-invalid": "Enter an e-mail address, for example name@prokuror.example.",
  "email-taken": "A person with this e-mail address is already listed.",
  "duration-invalid": "Enter a duration such as 12 months, at most 5 years.",
  "zone-unknown": "Choose one of the time zones listed.",
  "language-unknown": "Choose one of the languages listed.",
  "reference-taken": "This reference is already used by another team. Choose another.",
  // signing in
  "wrong-password": "The e-mail address or the password is not right. Check both and try again.",
  "wrong-current-password": "The password you use now is not right. Type it again.",
  "password-too-short": "Use at least 15 characters. Several words in a row are easy to remember.",
  "password-too-long": "Use at most 128 characters.",
  "password-too-common": "This password is on the list of common passwords. Choose another.",
  "passwords-differ": "The two passwords are not the same. Type the second one again.",
  "setup-code-wrong": "The code is not right. It stands in the server's console; each start prints a new one.",
  "setup-done": "This installation is already set up. Sign in.",
  "rate-limited-minute": "This was tried too often. Wait one minute, then try again.",
  "rate-limited": "This was tried too often. Wait fifteen minutes, then try again.",
  "rate-limited-hour": "This was tried too often. Wait one hour, then try again.",
  "sign-in-again": "Too much time has passed since the password. Sign in again.",
  "wrong-code":
    "The code is not right, or was used already. Wait for the next one, and check that the clock of your phone is right.",
  "passkey-refused":
    "The passkey could not be checked, so nothing was done. Use a passkey of yours with its PIN, finger or face, then try again.",
  "question-gone":
    "The question to your passkey is older than five minutes or was answered already, so nothing was done. Press the button again.",
  "confirm-first": "Give your password again first: more than five minutes have passed. Nothing was changed.",
  "app-there": "There is an authenticator app already. Remove it before you set up another.",
  "app-gone": "The set-up was begun more than ten minutes ago or elsewhere. Begin again with a new secret.",
  "too-many-passkeys": "You have ten passkeys. Remove one that you no longer use first.",
  "own-factors": "You cannot clear your own second factors here. Use Security, or ask another administrator.",
  "factor-needed": "Signing needs a second factor, and you have none. Set one up under Security, then come back.",
  "statement-changed":
    "Something changed between the statement and your passkey, so nothing was signed. Read the page again, then sign.",
  "person-disabled": "This account is closed. Ask the national coordinator of your State.",
  "unknown-person": "No person with this e-mail address is listed.",
  "already-listed": "This is already listed.",
  "authority-unknown": "Choose one of the authorities listed.",
  "authority-without-state": "Your authority belongs to no State, and only States found a team or are parties to it.",
  // annexes
  "annex-unknown": "Choose one of the annexes listed.",
  "annex-exists": "This annex was started already, perhaps just now by someone else. Open it in the list.",
  "annex-not-now":
    "This annex cannot be started while the arrangement is in its present state. The list says when it can.",
  "annex-is-signed":
    "This annex belongs to a text that is closed. Reopen the arrangement first; what is signed then becomes void.",
  "annex-not-by-leaders":
    "The arrangement does not let the leaders change this annex. It names those they may change under amendments.",
  "annexes-open": "An annex to this text is still being written. Finalise it or withdraw it first: see Annexes.",
  // members and invitations
  "invitation-expired": "The link has expired; links work for 7 days. Ask for a new invitation.",
  "invitation-used": "This invitation has already been used. Sign in to open the team.",
  "invitation-withdrawn": "This invitation was taken back. Ask the person who invited you.",
  "invitation-for-another":
    "This invitation is for another e-mail address. Sign in with the account that has that address.",
  "invitation-other-state":
    "This invitation is for someone of another State than your authority. Ask the person who invited you.",
  "invitation-needs-account":
    "Observers need an account of their organisation first. Ask the person who invited you to have one made.",
  "account-exists": "A person with this e-mail address already has an account. Sign in to accept.",
  "latin-only": "Write the name in Latin letters here, as in a passport.",
  "already-invited": "This person already has an invitation that is still valid.",
  "already-member": "This person is already a member of the team.",
  "not-a-member": "This person is no longer a member of the team.",
  "last-leader": "This is the only leader of the party. Name another leader first.",
  "last-administrator": "This is the only space administrator of the team. Name another one first.",
  "administrator-only": "Only a space administrator can name or remove a space administrator.",
  "leader-there": "This party already has a leader for this time. End that leadership first.",
  "observer-only": "An observer acts for an organisation and can hold no other role.",
  "party-needed": "This role needs a party. Choose the State the person acts for.",
  "role-unknown": "Choose one of the roles listed.",
  "until-before-from": "The last day must come after the first day.",
  "until-past": "The last day lies in the past.",
  "until-after-team": "The membership must end on or before the last day of the team.",
  "from-after-team": "The membership must begin before the last day of the team.",
  "state-there": "This State is already a party. A State takes part once; add people instead.",
  "state-already-party": "This State is already a party. A State takes part once; add people instead.",
  "already-there": "This is already there.",
  "team-closed": "The team is closed. Its record can be read, nothing can be changed.",
  // the text
  "document-exists": "The team already has an arrangement. Open it.",
  "not-in-this-state":
    "The arrangement no longer stands where it did when you opened the page. Read it again, then decide.",
  "not-editable": "The text is fixed and cannot be edited. To change it, reopen the negotiation.",
  "words-changed": "The words were changed after you opened them, so nothing was agreed. Read them again, then decide.",
  "nothing-to-take-back": "Your party has not agreed to this, or has taken it back already. Nothing was changed.",
  "not-agreed":
    "Not every party agrees to these very words. Ask the parties that are missing to read the text and agree to it.",
  "already-final": "The text is already final.",
  "drafter-missing": "Not every party has a lead negotiator or leader who can write. Invite them first.",
  "findings-block-finalising":
    "The text was not finalised, because findings block it. Each of them says what to do; then try again.",
  "findings-block-signature":
    "This was not done, because findings block signature. Each of them says what to do; the text must be reopened for it.",
  "finding-gone": "The text has changed meanwhile, and this warning with it. Read the list again.",
  "finding-blocks": "This finding blocks and cannot be overridden. Do what it says.",
  "entry-rule-unsupported":
    "Here an arrangement enters into force with the last signature. Choose that rule in clause 5.",
  "findings-block": "Findings block this. Read them in the panel beside the text and settle them.",
  "characters-unprintable":
    "No font of the printed arrangement has these characters: {{characters}}. Nothing was finalised. Replace them in the text, in its values or in the names of the team and the parties, then finalise again.",
  "printing-busy":
    "The printed arrangement could not be tried out in time, because many are made at this moment. Nothing was finalised. Wait a minute, then finalise again.",
  "printing-unavailable":
    "The printed arrangement cannot be made at this moment, so nothing was finalised. Tell who runs this installation, then finalise again.",
  // a file that is read in
  "file-missing": "No file was chosen. Choose a .docx file.",
  "file-too-large": "The file is larger than 7 MB. Take out its pictures, or bring it in parts.",
  "file-not-word": "This is not a Word file (.docx). Save the text as .docx, then choose it again.",
  "file-old-or-locked":
    "This is an old .doc file, or a file with a password. Open it in Word, save it as .docx without a password, then choose it again.",
  "file-damaged": "The file is damaged and cannot be read. Open it in Word, save it anew, then choose it again.",
  "file-encoding": "The letters of the file cannot be read. Open it in Word, save it anew, then choose it again.",
  "file-doctype":
    "The file defines words of its own that multiply, as Word never does. It was not read. Ask who sent it for another.",
  "file-inflates":
    "The file grows to far more than a text when it is unpacked. It was not read. Ask who sent it for another.",
  "file-too-deep": "The file is nested too deeply to be read. Copy its text into a new file, then choose that one.",
  "file-too-long":
    "The file holds more than can come in at once: at most 200,000 characters and 4,000 paragraphs. Bring it in parts.",
  "file-exhausts": "The file took too long or too much memory to read, and was given up. Bring it in parts.",
  "file-empty": "The file holds no words that can be read. Pictures of a text are not read.",
  "reading-busy": "Many files are being read at this moment. Wait a few seconds, then try again.",
  // signature
  "already-signed": "Your party has already signed this text.",
  "text-changed": "The text was reopened or changed after you opened this page. Nothing was signed. Read it again.",
  "not-your-turn": "You are not named as signatory of this text.",
  "signatory-missing": "Name one signatory for each party.",
  "signatory-unknown": "A signatory must be a member with the role of signatory. Choose again.",
  "not-sure": "Tick the sentence to say that you mean to bind the authority you act for.",
  // the end
  "second-party-needed": "Your party has already asked for this. A second party must agree.",
  "meaning-not-accepted": "Tick the sentence to say that you mean to bind the authority you act for.",
  busy: "Many people are signing in at this moment. Wait a few seconds, then try again.",
  "link-used": "This link no longer works. Ask the administrator of people for a new one.",
  "account-closed": "This account is closed. Open it again first, then make a link.",
  "own-role": "You cannot stop being an administrator of people yourself. Ask another administrator.",
  "state-needed": "Choose the State of the authority, or the kind “International organisation”.",
  "organisation-without-state": "An international organisation belongs to no State. Choose another kind, or no State.",
  "own-account": "You cannot close your own account. Ask another administrator.",
  "state-unknown": "Choose one of the States listed.",
  "document-missing": "The arrangement is not started yet.",
  "nothing-frozen": "There is no frozen text yet. Finalise the arrangement first.",
  // the record of treaty status
  "in-force-needed": "A party has a day since which the Convention is in force for it. Enter it.",
  "in-force-without-party": "Only a party has a day of entry into force. Leave it empty, or answer yes.",
  "in-force-too-early": "The Convention is in force since 29 September 2003, for nobody earlier. Correct the day.",
  "looked-up-later": "This day has not come yet. Enter the day on which you looked it up.",
  "status-changed":
    "Somebody recorded something while this page was open, so nothing was recorded. What you entered is kept: compare it with what stands now, and record it again.",
  "table-missing": "There is no table to read. Paste one, or choose a file.",
  "table-encoding": "The letters of the file cannot be read. Save it as CSV in UTF-8, then choose it again.",
  "table-too-long": "The table is longer than a million characters or 20,000 lines. Bring it in parts.",
  "table-quote": "A quotation mark is opened and never closed. Close it, or take it out.",
  "table-empty": "There is no line below the names of the columns. Paste the whole table, the first line included.",
  "table-column-unknown": "There is no such column. Use the names listed above the table.",
  "table-column-twice": "The column stands there twice. Take one out.",
  "table-column-missing": "The column is missing. Add it, with its name in the first line.",
  "table-cells":
    "The line has more or fewer cells than the first one. Put quotation marks around cells that hold a separator.",
  "table-state-unknown": "These are not the two letters of a State. Correct them, for example KZ.",
  "table-state-twice": "The State stands in an earlier line already. Take one of the two out.",
  "table-older":
    "The record was looked up later than this. Take the line out, or correct the record on the page of the State.",
  "table-refused": "A line can no longer be recorded. Show the table again to see which.",
  "table-known": "Everything in the table is recorded already, so nothing was recorded.",
  // the clause library
  "library-changed":
    "Somebody changed this clause while you wrote. Nothing of yours is lost: compare it with the wording that stands now, below, and save again.",
  "library-unchanged": "Nothing is different from the version that stands, so no new version was made.",
  "library-retired": "This clause is retired. Bring it back before you change or retire it.",
  "library-current": "This clause is current; there is nothing to bring back.",
  "value-unknown":
    "A name in braces is not a value that a sentence can hold. Check its spelling against the names listed, or leave the braces out.",
  "topic-unknown": "Choose one of the topics listed.",
} as const;

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
  "decision-topic-too-long":
    "The topic has at most 200 characters, so that it fits a line of the log. Say the rest below.",
  "decision-clauses-wrong": "Write clauses as C14, with commas between them, at most twenty.",
  "decision-tasks-wrong": "Write tasks as T-04, with commas between them, at most twenty.",
  // meetings and their minutes
  "meeting-time": "Enter the day and the time, such as 2026-12-03T14:30.",
  "meeting-ends-before": "The meeting ends before it begins, or at the same time. Change one of the two.",
  "meeting-title-too-long":
    "The subject has at most 200 characters, so that it fits a line. Put the rest into the agenda.",
  "meeting-agenda-too-long": "An agenda has at most 50 items of 200 characters each. Shorten it.",
  "meeting-link-wrong": "Enter an address that begins with https://, or leave it empty.",
  "meeting-not-of-team": "Somebody chosen here holds no role in this team today. Choose among those who are listed.",
  "meeting-changed-meanwhile":
    "Someone changed this while you wrote. Your own words are kept here; what stands there now is on the page of the meeting. Save again to put yours in its place.",
  "meeting-called-off": "This meeting was called off, so nothing more is written about it. Call another one.",
  "meeting-begun": "This meeting has begun, so it cannot be called off any more. Record who was there instead.",
  "meeting-unknown": "There is no such meeting of this team. Enter a number as the list shows it, such as M-03.",
  "minutes-exist": "Somebody began the minutes before you. Open them and write on there.",
  "minutes-changed":
    "Somebody wrote in the minutes after you opened this page, so nothing was approved. Read them again, then decide.",
  "task-not-yours-to-move":
    "You may move your own tasks and those of your party. Ask whoever is responsible for this one.",
  "task-not-there": "It is no longer there, or its handling code keeps it from you now. Load the page again.",
  "task-move-not-sent": "The move did not reach the server. Look at your connection and move it again.",
  "task-column-gone": "This column was deleted, and its cards moved. Choose one of the columns that are there.",
  "task-column-full":
    "This column holds as many cards as the team allows it. Move a card out first, or raise the limit.",
  "task-moved-meanwhile":
    "Someone else moved this task meanwhile. It stands where the board shows it now: move it again if it should be elsewhere.",
  "task-not-here": "This task is no longer on your board, so it was not moved. The board shows what is there now.",
  "task-column-not-empty": "There are cards in this column, some perhaps kept from you. Choose where they go.",
  "task-last-column": "A board needs a column. Add another before you delete this one.",
  "task-changed-meanwhile":
    "Someone changed this while you wrote. Your own words are kept here; what stands there now is shown above. Save again to put yours in its place.",
  "task-not-yours-to-give": "You may give tasks to your own party only. Ask a leader to change who this is for.",
  "task-reason-needed": "Say what blocks it, so that others know whom to ask.",
  "task-holder-gone": "This person is no longer in the team. Choose someone who is.",
  "task-handling-party": "This handling code keeps a task to one party. Choose which.",
  "task-link-wrong":
    "Write numbers with commas between them: clauses as C14, decisions as D-03, exhibits as E-001, plan lines as A2, meetings as M-03.",
  // the operational plan
  "plan-words-too-long":
    "A line of the plan has at most 200 characters. Write the rest into the longer field or a card.",
  "plan-text-too-long": "This has at most 10,000 characters. Shorten it, or put the rest into a document.",
  "plan-after-wrong": "Name the actions by their numbers, for example A1, B2.",
  "plan-after-unknown":
    "There is no such action in the plan. Name others by the numbers in the list, for example A1, B2.",
  "plan-after-itself": "An action cannot wait for itself. Take its own number out.",
  "plan-circle":
    "Nothing was saved, because these actions would wait for each other in a circle: {{circle}}. Take one of them out of “Begins after”.",
  "plan-from-after-to": "The first day comes after the last day. Correct one of the two.",
  "plan-milestone-due": "A milestone is a day that is reached. Enter the day it is due.",
  "plan-line-unknown": "Choose one of the lines of inquiry listed. Add one first if there is none.",
  "plan-line-has-actions":
    "There are still actions in this line of inquiry, some perhaps kept from you. Remove them first; then remove the line.",
  "plan-changed-meanwhile":
    "The plan was changed while you read it, so nothing was approved. This page shows how it stands now: read it, then approve it.",
  "plan-approved-already": "This plan is approved already for your party. There is nothing to do until it is changed.",
  "day-has-begun":
    "The day of action has begun, so this came too late and was not recorded. Speak to the other States by telephone.",
  "day-without-steps":
    "Nothing is planned for this day, so there is nothing to give a go for. Add a step of the action day first.",
  "day-no-go-reason": "Say why not: the other States have to know. Write a reason, then say no-go again.",
  "day-nothing-to-take-back": "You have said nothing that stands for this day, so there was nothing to take back.",
  "plan-row-changed": "Somebody changed this action just now, so no card was made. Read it again, then make the card.",
  "plan-row-gone":
    "Somebody removed this row meanwhile, so nothing was saved. What you typed is still here: copy it into a new row if it is needed.",
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
  // after signature
  "extension-late":
    "The team ended before all had signed, so this extension has no effect (rule V48). A late extension is not possible: the parties need a new arrangement.",
  "extension-not-possible": "Clause 5 says that the team is not extended. Amend that clause first, with annex A9.",
  "extension-too-long": "The team would last longer than clause 5 allows in all. Choose a shorter extension.",
  "team-has-ended": "The arrangement is no longer in force, so nothing can be changed or ended under it.",
  "team-ends-early": "The parties have decided that the team ends early, so it is not extended.",
  "accession-not-open": "Clause 2 does not open the arrangement to further States. Amend it first, with annex A9.",
  "state-was-party":
    "The State named was a party and has left. What it signed then stands in the record; it can only come back by a new arrangement.",
  "newcomer-other-state": "This person does not work at an authority of the State that joins. Name somebody who does.",
  "party-not-there": "The State named is not a party on that day. Name a State that is.",
  "party-joining":
    "This State is still joining. Its people get roles once the accession is in force; until then its signatory alone is let in.",
  "party-leaving": "This party has given notice that it leaves, so nobody gets a role for it any more.",
  "day-has-passed": "The day from which it is to hold has passed. Reopen the text and name today or a later day.",
  "day-after-end":
    "The day from which it is to hold is after the end of the team. Reopen the text and name an earlier day.",
  "already-suspended": "The team is suspended already, or will be. Nothing was changed.",
  "not-suspended": "The team is not suspended on that day. Nothing was changed.",
  "effect-unclear": "The text does not say clearly what is to happen. Reopen it and fill in every value.",
  "notice-not-agreed": "Clause 8 says that members change by amendment. Start annex A9 for it.",
  "notice-day-of": "Annex A1 says that a change holds from the day of the notice. Leave the day empty.",
  "notice-day-after": "Annex A1 says that a change holds from the day after the notice. Leave the day empty.",
  "notice-day-passed":
    "This day has passed. Nobody becomes a member for a day that is over; enter today or a later day.",
  "notice-other-state": "This person works for an authority of another State. A party gives notice of its own people.",
  "not-on-list": "This person is not on the list of your party on that day. Choose someone who is.",
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
  "not-authentic": "Clause 23 does not name this language as authentic. Add it there, then begin the text.",
  "document-busy": "Others are writing in this text just now, so nothing was begun. Try again.",
  "words-not-compared":
    "The words were changed after you read them, so nothing was recorded. Read both languages again, then decide.",
  "words-changed": "The words were changed after you opened them, so nothing was agreed. Read them again, then decide.",
  "nothing-to-take-back": "Your party has not agreed to this, or has taken it back already. Nothing was changed.",
  "not-agreed":
    "Not every party agrees to these very words. Ask the parties that are missing to read the text and agree to it.",
  "already-final": "The text is already final.",
  "not-your-turn": "Someone of your party comes first, and has not signed yet. You can sign when they have.",
  "method-not-agreed":
    "The agreement does not allow this way of signing here (clause 24). Choose one of the ways that it allows.",
  "signatory-twice": "One person is named twice. Each person has one place.",
  "copy-unreadable": "A copy is for somebody who may read the text. Choose another person.",
  "nothing-signed": "There is no signature of yours to take back. Nothing was changed.",
  "already-delegated":
    "This place was passed on once already, and cannot be passed on further. Ask for the text to be opened anew.",
  "delegate-unknown": "This person is not a signatory of your party today. Choose another.",
  "delegate-has-slot": "This person has a place in this text already. Choose another.",
  "paper-there": "A paper was handed in already, and waits for an officer of another party. Nothing was changed.",
  "paper-gone": "There is no paper to look at any more: it was taken back, refused or confirmed meanwhile.",
  "paper-changed": "Another paper was handed in meanwhile. Open the scan anew, then decide.",
  "paper-digest-differs":
    "These are not the first 16 digits of the text that is open for signature. Compare them again; if they differ on the paper, refuse it.",
  "paper-pages-differ":
    "The file does not have this number of pages. Count again; if pages are missing, refuse the paper.",
  "paper-unknown-type": "This is neither a PDF nor a JPEG or PNG picture. Scan the paper into one of these.",
  "paper-locked": "This PDF is encrypted. Scan the paper into one without a password.",
  "paper-damaged": "This file is damaged or not whole. Scan the paper again.",
  "paper-too-large": "The scan is larger than 6 MB. Scan it in grey or with fewer dots.",
  "paper-too-long": "This PDF has more than 500 pages. Hand in the signed paper alone.",
  "paper-not-signed-yet": "This day has not come yet. Enter the day that stands on the paper.",
  // signed outside
  "anchor-too-large": "This file is larger than a certificate ever is. Choose the certificate of the authority alone.",
  "anchor-not-a-certificate": "This is not a certificate. Choose a file that holds one, as PEM or DER.",
  "anchor-several": "This file holds several certificates. Register each by itself, so that each can be looked at.",
  "anchor-private-key":
    "This file holds a private key. It was not kept. Keep it away from everybody, and choose the certificate alone.",
  "anchor-not-an-authority":
    "This certificate is not that of an authority: it may not issue others. Choose the one of the authority.",
  "anchor-run-out": "This certificate has run out. Ask the authority for the one that holds now.",
  "anchor-not-yet": "This certificate is not valid yet. Register it on its first day.",
  "anchor-weak":
    "Its key or algorithm is too weak today. It takes RSA of 2048 bits or a curve of NIST, and SHA-256 or longer.",
  "anchor-there": "Your party has registered this authority already. Look for its fingerprint in the list.",
  "anchor-own": "You registered this authority. Another person must approve it.",
  "anchor-approved": "Somebody has approved this authority already. Nothing was changed.",
  "anchor-revoked": "This authority was revoked. Register it anew if it is to be trusted again.",
  "checked-out":
    "Somebody else has the file to sign it. Try again when they have handed it in, or when their time is up.",
  "not-checked-out": "You have not taken the file out yet. Take it out, sign that very file, then hand it in.",
  "outside-too-large": "This file is too large to be the one you took out with one signature added. Sign that file.",
  "outside-not-a-pdf": "This is not a PDF. Hand in the signed PDF itself, not a container or a separate signature.",
  "outside-encrypted": "This file is encrypted. Sign the file as you took it out, without a password.",
  "outside-other-text":
    "This is not the file you took out: another text, or a program wrote it anew. Sign that very file and save it as an addition.",
  "outside-unsigned": "Nobody has signed this file. Sign it with the tool of your State, then hand it in.",
  "outside-appended":
    "Something follows the signature, or more than one was added. Sign the file you took out once, and hand that in.",
  "outside-script": "This file holds a script or an action that was not there. Sign the file as you took it out.",
  "outside-visible":
    "The signature is shown as a stamp on a page, which could cover the text. Sign without a visible stamp.",
  "outside-changed":
    "Something other than the signature was changed or added. Sign the file as you took it out, and add nothing.",
  "outside-damaged": "This file is damaged or not whole. Download the signed file from your tool once more.",
  "outside-range": "The signature does not cover the whole file. Sign the file you took out anew.",
  "outside-altered":
    "The signature does not fit: the file or the signature was altered. Sign the file you took out anew.",
  "outside-weak":
    "The key or an algorithm is too weak today. Sign with RSA of 2048 bits or a curve of NIST, and SHA-256.",
  "outside-issuer":
    "Its certificate does not lead to an approved authority of your party. Register the authority, or sign with another certificate.",
  "outside-anchor-revoked":
    "The authority of this certificate was revoked. Sign with a certificate of another approved authority.",
  "outside-run-out": "The certificate has run out or is not valid yet. Sign with one that holds today.",
  "outside-purpose": "This certificate is not for signing documents. Sign with one that is.",
  "outside-time":
    "The signature says a time before you took the file out, or in the future. Set the clock of your computer, and sign anew.",
  "drafter-missing": "Not every party has a lead negotiator or leader who can write. Invite them first.",
  "findings-block-finalising":
    "The text was not finalised, because findings block it. Each of them says what to do; then try again.",
  "findings-block-signature":
    "This was not done, because findings block signature. Each of them says what to do: approvals are recorded beside the signatures, for all else the text must be reopened.",
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
  "already-signed": "This place is signed already. Nothing was changed.",
  "text-changed": "The text was reopened or changed after you opened this page. Nothing was signed. Read it again.",
  "signatory-missing": "Name one signatory for each party.",
  "signatory-unknown": "A signatory must be a member with the role of signatory. Choose again.",
  "not-sure": "Tick the sentence to say that you mean to bind the authority you act for.",
  // the end
  "tasks-open":
    "Tasks are open, so the team was not archived. Finish them, or name each in a closure record (annex A12) with the party that goes on with it, and finalise the record.",
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

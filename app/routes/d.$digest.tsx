import "#app/i18n/english/look-up.ts";
import { data, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Conflict } from "#app/domain/errors.ts";
import { findRecorded } from "#app/domain/export/recorded.server.ts";
import { anyone, originOf } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Frame } from "#app/ui/Frame.tsx";
import { useInstallation } from "#app/ui/HomeFrame.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { RecordRefused, RecordShown, RecordUnknown } from "#app/ui/RecordOfDigest.tsx";
import { TopBar } from "#app/ui/TopBar.tsx";

export const loader = anyone(async ({ request, params, context }) => {
  const digest = params.digest?.toLowerCase() ?? "";
  try {
    const recorded = await findRecorded(digest, originOf(request, context).address);
    return data({ digest, recorded, refused: null }, recorded ? 200 : 404);
  } catch (error) {
    // A page that nobody typed into has no form to give the sentence back to.
    if (!(error instanceof Conflict)) throw error;
    return data({ digest, recorded: null, refused: error.reason }, 429);
  }
});

export const meta: MetaFunction = ({ matches }) => [
  ...(pageTitle(matches, (t) => [t("lookUp.title")]) ?? []),
  { name: "robots", content: "noindex" },
];

export default function RecordPage() {
  const { t, i18n } = useTranslation();
  const { digest, recorded, refused } = useLoaderData<typeof loader>();
  return (
    <Frame bar={<TopBar installation={useInstallation()} home="/" language={i18n.language} />}>
      <Page>
        <Masthead title={t("lookUp.title")} sub={t("lookUp.lead")} />
        {recorded ? (
          <RecordShown digest={digest} recorded={recorded} />
        ) : refused ? (
          <RecordRefused reason={refused} />
        ) : (
          <RecordUnknown digest={digest} />
        )}
      </Page>
    </Frame>
  );
}

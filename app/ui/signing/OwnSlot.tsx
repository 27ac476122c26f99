import type { Slot } from "#app/domain/documents/document.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { namesOf } from "../SlotTable.tsx";

type Props = {
  slot: Slot;
  base: string;
  maySign: boolean;
  /** whom of the own party it waits for */
  before: readonly Slot[];
};

/** What else the holder of a slot can do: sign on paper, have another sign, decline, take the signature back. */
export function OwnSlot({ slot, base, maySign, before }: Props) {
  const { t, i18n } = useTranslation();
  const onPaper = maySign && slot.methods.includes("ink");
  const inWorkspace = maySign && slot.methods.includes("workspace");
  const open = slot.state === "waiting";
  return (
    <>
      {before.length > 0 && open && (
        <Banner tone="hold" title={t("signing.notYet.title", { names: namesOf(before, i18n.language) })}>
          {t("signing.notYet.why")}
        </Banner>
      )}
      {onPaper && !inWorkspace && <p>{t("signing.handIn.only")}</p>}
      <ButtonRow>
        {onPaper && (
          <LinkButton to={`${base}/sign/${slot.id}/paper`} tone={inWorkspace ? "secondary" : "primary"}>
            {t("signing.handIn.link")}
          </LinkButton>
        )}
        {open && !slot.delegated && (
          <LinkButton to={`${base}/sign/delegate`} tone="quiet">
            {t("signing.delegate.link")}
          </LinkButton>
        )}
        {open && !inWorkspace && (
          <LinkButton to={`${base}/sign/decline`} tone="quiet">
            {t("signing.decline.link")}
          </LinkButton>
        )}
        {(slot.state === "signed" || slot.state === "checking") && (
          <LinkButton to={`${base}/sign/withdraw`} tone="quiet">
            {t(slot.state === "signed" ? "signing.withdraw.link" : "signing.withdraw.linkPaper")}
          </LinkButton>
        )}
      </ButtonRow>
    </>
  );
}

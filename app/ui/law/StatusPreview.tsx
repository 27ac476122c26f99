import "#app/i18n/english/treaty-status.ts";
import type { Comparison, StatusEffect } from "#app/domain/law/treaty-status.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { Section } from "../Section.tsx";
import { Sub } from "../Sub.tsx";
import { Table } from "../Table.tsx";
import { DeclarationList } from "./DeclarationList.tsx";
import { StandingStatus } from "./StandingStatus.tsx";

type Props = { text: string; comparison: Comparison };

/** What a table would change in the record, line by line, and the act that records it. */
export function StatusPreview({ text, comparison: { rows, seen } }: Props) {
  const { t, i18n } = useTranslation();
  const { state, party, record } = t("treatyStatus.columns", { returnObjects: true });
  const count = (effect: StatusEffect) => rows.filter((row) => row.effect === effect).length;
  const counted = {
    new: count("new"),
    changed: count("changed"),
    confirmed: count("confirmed"),
    known: count("known"),
  };
  return (
    <Section title={t("treatyStatus.import.previewTitle")}>
      <p role="status">{t("treatyStatus.import.counted", counted)}</p>
      <Table
        label={t("treatyStatus.import.previewList")}
        columns={[state, t("treatyStatus.import.effect"), party, { label: record, end: true }]}
        kind="people"
      >
        {rows.map(({ line, state: code, status, effect }) => (
          <tr key={line}>
            <td>{stateName(code, i18n.language)}</td>
            <td>{t(`treatyStatus.import.effects.${effect}`)}</td>
            <td>
              <StandingStatus status={status} />
              <DeclarationList declarations={status.declarations} />
            </td>
            <td>
              {t("treatyStatus.lookedUp", { day: formatDay(status.lookedUpOn, i18n.language) })}
              <Sub>
                <bdi>{status.source}</bdi>
              </Sub>
            </td>
          </tr>
        ))}
      </Table>
      <Form apart>
        <input type="hidden" name="text" value={text} />
        <input type="hidden" name="seen" value={seen} />
        <ButtonRow>
          <Button tone="primary" type="submit" name="act" value="record" working={t("treatyStatus.import.saving")}>
            {t("treatyStatus.import.save")}
          </Button>
          <LinkButton to="/admin/treaty-status" tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Section>
  );
}

import "#app/i18n/english/tasks.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { nameIn } from "#app/domain/jits/jit.ts";
import { isLate } from "#app/domain/tasks/filters.ts";
import { listMyTasks } from "#app/domain/tasks/mine.server.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { signedIn } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { readerOf } from "#app/reader.server.ts";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { Status } from "#app/ui/Status.tsx";
import { Table } from "#app/ui/Table.tsx";
import { CardFlags } from "#app/ui/tasks/BoardCard.tsx";
import { columnInWords, dueInList } from "#app/ui/tasks/words.ts";

export const loader = signedIn("jit.list", async ({ actor, me }) => ({
  teams: await listMyTasks(actor),
  reader: readerOf(me),
  now: now().toISOString(),
}));

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("tasks.mine.title")]);

export default function MyTasksPage() {
  const { t, i18n } = useTranslation();
  const { teams, reader, now } = useLoaderData<typeof loader>();
  const heads = [
    t("tasks.table.number"),
    t("tasks.table.task"),
    t("tasks.table.status"),
    t("tasks.table.priority"),
    t("tasks.table.due"),
  ];
  return (
    <HomeFrame reader={reader}>
      <Page wide>
        <Masthead title={t("tasks.mine.title")} sub={t("tasks.mine.sub")} />
        {teams.length === 0 && (
          <EmptyState heads={heads} lead={t("tasks.mine.empty")}>
            {t("tasks.mine.why")}
          </EmptyState>
        )}
        {teams.map(({ reference, names, columns, cards }) => (
          <Section
            key={reference}
            title={<bdi>{nameIn(i18n.language, names)}</bdi>}
            count={t("tasks.count", { count: cards.length })}
          >
            <Table label={nameIn(i18n.language, names)} columns={heads}>
              {cards.map((card) => {
                const column = columns.find(({ id }) => id === card.columnId);
                return (
                  <tr key={card.id}>
                    <td className="num">{taskReference(card.number)}</td>
                    <td>
                      <Link to={`/jits/${reference}/tasks/${taskReference(card.number)}`} dir="auto">
                        {card.title}
                      </Link>
                      <CardFlags card={card} column={column} />
                    </td>
                    <td>
                      <bdi>{columnInWords(t, column)}</bdi>
                    </td>
                    <td>{t(`tasks.priorities.${card.priority}`)}</td>
                    <td className="num">
                      {card.due && dueInList(card.due, card.timeZone, i18n.language)}{" "}
                      {isLate(card, { now, columns }) && <Status tone="stop">{t("tasks.late")}</Status>}
                    </td>
                  </tr>
                );
              })}
            </Table>
          </Section>
        ))}
      </Page>
    </HomeFrame>
  );
}

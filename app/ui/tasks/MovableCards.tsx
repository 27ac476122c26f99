import "#app/i18n/english/tasks.ts";
import { GripVertical } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { GridList, GridListItem } from "react-aria-components/GridList";
import { DropIndicator, type DropItem, isTextDropItem, useDragAndDrop } from "react-aria-components/useDragAndDrop";
import { type BoardColumn, type Card, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "../Icon.tsx";
import { BoardCard, cardClass, type Looking } from "./BoardCard.tsx";
import { MoveOpener, type OpenMenu } from "./MoveMenu.tsx";
import type { Wanted } from "./moves.ts";

/** What a dragged card carries: its id. Nothing else can be dropped on a board. */
const carried = "jit-task";

type Props = Looking & {
  column: BoardColumn;
  columns: readonly BoardColumn[];
  cards: readonly Card[];
  name: string;
  /** reference of the card whose places stand in it, where there is no script */
  open: string | null;
  /** card whose list of places is open */
  inMenu: string | null;
  setMenu: (menu: OpenMenu) => void;
  move: (wanted: Wanted, dropped?: boolean) => void;
};
type Target = { key: string | number; dropPosition: "before" | "after" | "on" };

/**
 * The cards of a column for those who may move them: dragged by mouse and by a long touch; by keyboard from the grip of
 * a card, then Tab to the next column, arrows to the place, Enter. What is under way is said aloud by the list.
 */
export function MovableCards({ column, columns, cards, name, open, inMenu, setMenu, move, ...looking }: Props) {
  const { t } = useTranslation();
  const drop = (tasks: readonly string[], place: string) => {
    for (const task of tasks) move({ task, column: column.id, place }, true);
  };
  const { dragAndDropHooks } = useDragAndDrop<Card>({
    getItems: (_keys, items) =>
      items.map(({ id, number, title }) => ({ [carried]: id, "text/plain": `${taskReference(number)} ${title}` })),
    getAllowedDropOperations: () => ["move"],
    acceptedDragTypes: [carried],
    // The list itself takes a card only where no card says a place in it.
    getDropOperation: (target) => (target.type === "root" && cards.length > 0 ? "cancel" : "move"),
    onReorder: ({ keys, target }) => drop([...keys].map(String), placeAt(target)),
    onInsert: async ({ items, target }) => drop(await tasksIn(items), placeAt(target)),
    onRootDrop: async ({ items }) => drop(await tasksIn(items), "last"),
    renderDropIndicator: (target) => <DropIndicator target={target} className="board-gap" />,
  });
  return (
    <GridList
      aria-label={name}
      className="board-list"
      items={cards}
      dependencies={[column, columns, looking.standing, open, inMenu, t]}
      dragAndDropHooks={dragAndDropHooks}
      keyboardNavigationBehavior="tab"
      renderEmptyState={() => <p className="hint">{t("tasks.noCards")}</p>}
    >
      {(card) => {
        const task = taskReference(card.number);
        return (
          <GridListItem className={cardClass(column)} textValue={`${task} ${card.title}`} data-task={task}>
            <BoardCard {...looking} card={card} column={column}>
              <Button slot="drag" className="card-grip" aria-label={t("tasks.drag", { task })}>
                <Icon of={GripVertical} />
              </Button>
              <MoveOpener
                {...{ card, columns }}
                base={looking.base}
                openFirst={open === task}
                isOpen={inMenu === card.id}
                open={setMenu}
              />
            </BoardCard>
          </GridListItem>
        );
      }}
    </GridList>
  );
}

function placeAt({ key, dropPosition }: Target): string {
  return dropPosition === "before" ? `before:${key}` : String(key);
}

async function tasksIn(items: readonly DropItem[]): Promise<string[]> {
  return Promise.all(items.filter(isTextDropItem).map((item) => item.getText(carried)));
}

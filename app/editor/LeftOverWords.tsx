import "#app/i18n/english/editor.ts";
import { useEffect, useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { forgetLeftOver, type LeftOver, leftOverEvent, leftOversOf } from "./left-over.ts";
import { download } from "./unsent.ts";

/** Words of this person that wait on this device and cannot be stored any more: theirs to take, or to let go. */
export function LeftOverWords({ person }: { person: string }) {
  const { t } = useTranslation();
  const left = useLeftOvers(person);
  return (
    <>
      {left.map(({ document, reference, words }) => (
        <Banner
          key={document}
          tone="warn"
          title={t("editor.leftOver.title", { reference })}
          live
          action={
            <>
              <Button small onPress={() => download(words)}>
                {t("editor.ended.download")}
              </Button>
              <Button small tone="quiet" onPress={() => void forgetLeftOver(person, document)}>
                {t("editor.leftOver.delete")}
              </Button>
            </>
          }
        >
          {t("editor.leftOver.text")}
        </Banner>
      ))}
    </>
  );
}

function useLeftOvers(person: string): readonly LeftOver[] {
  const [left, setLeft] = useState<readonly LeftOver[]>([]);
  useEffect(() => {
    const look = () => void leftOversOf(person).then(setLeft, () => setLeft([]));
    look();
    window.addEventListener(leftOverEvent, look);
    return () => window.removeEventListener(leftOverEvent, look);
  }, [person]);
  return left;
}

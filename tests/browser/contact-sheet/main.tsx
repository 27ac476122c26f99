import { RouterProvider as AriaRouter, I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { createMemoryRouter, RouterProvider, useHref, useNavigate } from "react-router-dom";
import { directionOf } from "#app/i18n/languages.ts";
import { TranslationContext, translationIn } from "#app/i18n/translation.ts";
import "#app/ui/look.css";
import { SkipLink } from "#app/ui/SkipLink.tsx";
import { sheets } from "./sheets.tsx";

// A sheet is chosen by the address: ?sheet=kit&theme=dark&contrast=more&lang=ar
const asked = new URLSearchParams(location.search);
const language = asked.get("lang") ?? "en";
const root = document.documentElement;
root.lang = language;
root.dir = directionOf(language);
root.dataset.theme = asked.get("theme") ?? "light";
root.dataset.contrast = asked.get("contrast") ?? "normal";

const Sheet = sheets[asked.get("sheet") ?? "kit"] ?? (() => <p>No such sheet</p>);

function Page() {
  const navigate = useNavigate();
  return (
    <TranslationContext.Provider value={translationIn(language)}>
      <I18nProvider locale={`${language}-u-nu-latn`}>
        <AriaRouter navigate={navigate} useHref={useHref}>
          <SkipLink />
          <Sheet />
        </AriaRouter>
      </I18nProvider>
    </TranslationContext.Provider>
  );
}

const router = createMemoryRouter([{ path: "*", element: <Page /> }], {
  initialEntries: [asked.get("at") ?? "/jits/JIT-2026-001"],
});
createRoot(document.getElementById("sheet") as HTMLElement).render(<RouterProvider router={router} />);

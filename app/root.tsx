import plex from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url";
import plexStrong from "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url";
import serif from "@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2?url";
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
  useRouteLoaderData,
} from "@remix-run/react";
import { type ReactNode, useContext, useEffect } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { config } from "#app/platform/config.ts";
import { useTidyDevice } from "./editor/device-tidying.ts";
import { acceptedLanguage, directionOf, interfaceLanguage } from "./i18n/languages.ts";
import { TranslationContext, translationIn } from "./i18n/translation.ts";
import { keeperIn } from "./reader.server.ts";
import { useKeeper } from "./ui/keeper.ts";
import look from "./ui/look.css?url";
import { lookOf, resolveLook, resolveLookScript } from "./ui/look.ts";
import { NonceContext } from "./ui/nonce.ts";
import { pageTitle } from "./ui/page-title.ts";
import { RefusalPage, refusalKind } from "./ui/RefusalPage.tsx";
import { SkipLink } from "./ui/SkipLink.tsx";

/** What a request may carry about the reader, put there by the server before the routes run. */
type Carried = { preferences?: { language?: string; theme?: string }; requestId?: string };

/** The language and the look of every page. Asks no database: both come with the request. */
async function readPreferences({ request, context }: LoaderFunctionArgs) {
  const { preferences, requestId } = context as Carried;
  const asked = new URL(request.url).searchParams.get("lang") ?? preferences?.language ?? cookie(request, "lang");
  return {
    language: asked ? interfaceLanguage(asked) : acceptedLanguage(request.headers.get("Accept-Language")),
    ...lookOf(preferences?.theme ?? cookie(request, "theme")),
    installation: config().INSTALLATION_NAME,
    keeper: keeperIn(request),
    reference: requestId ?? null,
  };
}

export const loader = Object.assign(readPreferences, { access: "anyone" as const });

function cookie(request: Request, name: string): string | null {
  const pairs = (request.headers.get("Cookie") ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}

const font = (href: string) => ({
  rel: "preload",
  as: "font",
  type: "font/woff2",
  href,
  crossOrigin: "anonymous" as const,
});

export const links: LinksFunction = () => [
  font(plex),
  font(plexStrong),
  font(serif),
  { rel: "stylesheet", href: look },
  { rel: "icon", href: "/mark.svg", type: "image/svg+xml" },
];

/** The title of a page that has none of its own, and of every refusal. */
export const meta: MetaFunction<typeof loader> = ({ data, error }) =>
  pageTitle([{ id: "root", data }], (t) => [error ? t(`shell.refusal.${refusalKind(statusOf(error))}.title`) : null]);

/** The document around every page and every refusal. */
export function Layout({ children }: { children: ReactNode }) {
  const data = useRouteLoaderData<typeof loader>("root");
  const nonce = useContext(NonceContext);
  const language = data?.language ?? "en";
  const { theme = "system", contrast = "system" } = data ?? {};
  useSystemLook(theme, contrast);
  return (
    <html
      lang={language}
      dir={directionOf(language)}
      data-theme={theme}
      data-contrast={contrast}
      suppressHydrationWarning
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {/* React Aria reads it for the one style element it makes */}
        <meta property="csp-nonce" nonce={nonce} content={nonce} suppressHydrationWarning />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: resolveLookScript }} />
        <Meta />
        <Links />
      </head>
      <body>
        <TranslationContext.Provider value={translationIn(language)}>
          <I18nProvider locale={`${language}-u-nu-latn`}>
            <SkipLink />
            {children}
          </I18nProvider>
        </TranslationContext.Provider>
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

/** Follows the machine while the page is open, and when the person chooses "as my system" again. */
function useSystemLook(theme: string, contrast: string) {
  useEffect(() => {
    const root = document.documentElement;
    const follow = () => {
      root.dataset.theme = theme;
      root.dataset.contrast = contrast;
      resolveLook();
    };
    follow();
    const asked = [matchMedia("(prefers-color-scheme: dark)"), matchMedia("(prefers-contrast: more)")];
    for (const query of asked) query.addEventListener("change", follow);
    return () => {
      for (const query of asked) query.removeEventListener("change", follow);
    };
  }, [theme, contrast]);
}

export default function App() {
  useTidyDevice(useKeeper());
  return <Outlet />;
}

/** What stands instead of a page that was refused or failed. */
export function ErrorBoundary() {
  const error = useRouteError();
  const data = useRouteLoaderData<typeof loader>("root");
  const sent = isRouteErrorResponse(error) && typeof error.data === "string" && error.data ? error.data : null;
  return (
    <RefusalPage
      status={statusOf(error)}
      reference={sent ?? data?.reference}
      installation={data?.installation ?? "JIT"}
    />
  );
}

function statusOf(error: unknown): number {
  return isRouteErrorResponse(error) ? error.status : 500;
}

import { randomBytes } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import helmet from "helmet";

/** One number a response, named in its policy: only scripts and styles that carry it run. */
export function giveNonce(_request: Request, response: Response, next: NextFunction): void {
  response.locals.nonce = randomBytes(18).toString("base64");
  next();
}

/** `development`: Vite puts scripts and styles into the page that carry no nonce, so there is no policy then. */
export function securityHeaders({ publicOrigin, development }: { publicOrigin: string; development: boolean }) {
  const socketOrigin = publicOrigin.replace(/^http/, "ws");
  const others = {
    strictTransportSecurity: publicOrigin.startsWith("https:")
      ? { maxAge: 31_536_000, includeSubDomains: true }
      : false,
    // Not no-referrer: a form sent without script would then carry "Origin: null" and be refused as foreign.
    referrerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    xFrameOptions: { action: "deny" },
  } as const;
  return (request: Request, response: Response, next: NextFunction): void => {
    const nonce = `'nonce-${response.locals.nonce}'`;
    const directives = {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", nonce],
      styleSrc: ["'self'", nonce],
      // React Aria places menus and TipTap places carets by style attributes; those cannot carry a nonce.
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", "data:", "blob:"],
      fontSrc: ["'self'"],
      // Some browsers do not count the socket of the own origin as 'self'.
      connectSrc: ["'self'", socketOrigin],
      manifestSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
    };
    const contentSecurityPolicy = development ? false : { useDefaults: false, directives };
    helmet({ ...others, contentSecurityPolicy })(request, response, next);
  };
}

export function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader("Cache-Control", "no-store");
  next();
}

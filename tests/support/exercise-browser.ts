import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { newVisitor, openBrowser, type Visitor, visitorsOfEachTest } from "./browser.ts";
import { type Exercise, startExercise } from "./exercise.ts";
import { signInByPassword } from "./exercise-pages.ts";

type Options = NonNullable<Parameters<typeof newVisitor>[2]>;

/**
 * The exercise teams with the real servers, and one browser, for a file of tests. Whoever comes is gone at the end of
 * each test, which fails when a page complained of anything but what is `meant`.
 */
export function exerciseInBrowser({ viewport, meant }: { viewport: Options["viewport"]; meant?: RegExp }) {
  let exercise: Exercise;
  let browser: Browser;
  const visitors = visitorsOfEachTest(meant);
  beforeAll(async () => {
    exercise = await startExercise();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await exercise?.stop();
  });
  /** Someone at a browser of their own. */
  async function visit(options: Options = {}): Promise<Visitor> {
    const visitor = await newVisitor(browser, exercise.origin, { viewport, ...options });
    visitors.push(visitor);
    return visitor;
  }
  /** The same, signed in and at home. */
  async function signIn(login: string, options: Options = {}): Promise<Page> {
    const { page } = await visit(options);
    await signInByPassword(page, login);
    return page;
  }
  return { visit, signIn, visitors, owner: () => exercise.owner };
}

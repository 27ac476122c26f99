import { RefusalPage } from "#app/ui/RefusalPage.tsx";

/** Three pages that stand instead of a page. */
export function RefusedSheet() {
  return (
    <>
      <RefusalPage status={404} installation="Joint Investigation Teams" />
      <RefusalPage status={403} installation="Joint Investigation Teams" />
      <RefusalPage status={500} reference="E-7F3A-91C0" installation="Joint Investigation Teams" />
    </>
  );
}

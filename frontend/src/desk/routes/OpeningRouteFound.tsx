import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import type { OpeningRouteFoundQuery } from '@/__generated__/OpeningRouteFoundQuery.graphql';
import { ChangeTable } from '@/features/opening/ChangeTable';
import { ProblemTable } from '@/features/opening/ProblemTable';
import { Reading } from '@/shared/Reading';
import '@/features/opening/opening.css';

const ROWS_OF_A_PAGE = 100;

type Props = {
  importId: string;
  changes: number;
  /** Whether it was carried out already. */
  isDone: boolean;
  titles: ReadonlyMap<string, string>;
};

/** What a list changes and what is wrong with it, a hundred at a time, and all of it as a workbook. */
export function OpeningRouteFound({ importId, ...others }: Props) {
  const { t, i18n } = useTranslation();
  const [page, setPage] = useState(0);
  return (
    <div className="import-found">
      <p>
        <a
          className="button-link"
          href={`/imports/${importId.split(':')[1]}/found.xlsx?language=${i18n.language}`}
          download
        >
          {t('opening.download')}
        </a>
      </p>
      <Reading askKey={`${importId} ${page}`}>
        {(attempt) => <Page key={page} {...{ importId, page, attempt, onTurn: setPage }} {...others} />}
      </Reading>
    </div>
  );
}

type PageProps = Props & { page: number; attempt: number; onTurn: (page: number) => void };

function Page({ importId, page, attempt, changes, isDone, titles, onTurn }: PageProps) {
  const { t } = useTranslation();
  const { importChanges, importProblems } = useLazyLoadQuery<OpeningRouteFoundQuery>(
    graphql`
      query OpeningRouteFoundQuery($importId: ID!, $page: Int!) {
        importChanges(importId: $importId, page: $page) {
          ...ChangeTable_changes
        }
        importProblems(importId: $importId, page: $page) {
          ...ProblemTable_problems
        }
      }
    `,
    { importId, page },
    { fetchKey: attempt },
  );
  const hasNext = [importChanges, importProblems].some((rows) => rows.length === ROWS_OF_A_PAGE);
  return (
    <>
      <h4>{t(isDone ? 'opening.changesDone' : 'opening.changes')}</h4>
      {changes === 0 ? (
        <p className="faint">{t(importProblems.length > 0 ? 'opening.noChangesOfWrong' : 'opening.noChanges')}</p>
      ) : (
        <ChangeTable changes={importChanges} titles={titles} />
      )}
      <h4>{t('opening.problems')}</h4>
      {importProblems.length === 0 && page === 0 ? (
        <p className="faint">{t('opening.noProblems')}</p>
      ) : (
        <>
          <p className="faint">{t('opening.problemsHint')}</p>
          <ProblemTable problems={importProblems} />
        </>
      )}
      {(page > 0 || hasNext) && (
        <p className="import-turning">
          <button type="button" className="small-button" disabled={page === 0} onClick={() => onTurn(page - 1)}>
            {t('opening.previous')}
          </button>
          <button type="button" className="small-button" disabled={!hasNext} onClick={() => onTurn(page + 1)}>
            {t('opening.following')}
          </button>
        </p>
      )}
    </>
  );
}

import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchQuery, graphql, useLazyLoadQuery, useRelayEnvironment } from 'react-relay';
import type { OpeningRouteListsQuery } from '@/__generated__/OpeningRouteListsQuery.graphql';
import { ImportActs } from '@/features/opening/ImportActs';
import { ImportHead } from '@/features/opening/ImportHead';
import { EmptyState } from '@/shared/EmptyState';
import { OpeningRouteFound } from './OpeningRouteFound';
import '@/features/opening/opening.css';

const LOOKS_AGAIN_MS = 1_000;
const SHOWN_OF_A_KIND = 10;

const IMPORTS = graphql`
  query OpeningRouteListsQuery {
    imports(first: 100) {
      edges {
        node {
          id
          kind
          state
          newRows
          changedRows
          endedRows
          refusedRows
          broughtBy {
            id
          }
          ...ImportHead_import
        }
      }
    }
  }
`;

type Props = {
  kind: string;
  title: string;
  isMap: boolean;
  titles: ReadonlyMap<string, string>;
  open: string | null;
  fetchKey: string;
  onOpen: (importId: string | null) => void;
  onChanged: () => void;
};

/** The lists of one kind, the latest first; while one is being tried the page looks again by itself. */
export function OpeningRouteLists({ kind, title, isMap, titles, open, fetchKey, onOpen, onChanged }: Props) {
  const { t } = useTranslation();
  const environment = useRelayEnvironment();
  const { imports } = useLazyLoadQuery<OpeningRouteListsQuery>(
    IMPORTS,
    {},
    { fetchKey, fetchPolicy: 'store-and-network' },
  );
  const found = imports.edges.map(({ node }) => node).filter((node) => node.kind === kind);
  const isWaiting = found.some(({ state }) => state === 'WAITING');
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(() => {
      // A failed look is no news; the next one comes by itself.
      fetchQuery<OpeningRouteListsQuery>(environment, IMPORTS, {}).subscribe({ error: () => undefined });
    }, LOOKS_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isWaiting, environment]);
  if (found.length === 0)
    return (
      <EmptyState
        title={t('opening.none', { what: title })}
        advice={t(isMap ? 'opening.noneAdviceMap' : 'opening.noneAdvice')}
      />
    );
  return (
    <div aria-label={t('opening.latest')}>
      {found.slice(0, SHOWN_OF_A_KIND).map((one) => (
        <article key={one.id} className="import">
          <ImportHead found={one} isOpen={one.id === open} onOpen={() => onOpen(one.id === open ? null : one.id)} />
          {(one.state === 'TRIED' || one.state === 'APPLIED') && (
            <ImportActs
              importId={one.id}
              state={one.state}
              broughtById={one.broughtBy?.id ?? null}
              hasChanges={one.newRows + one.changedRows + one.endedRows > 0}
              onDone={onChanged}
            />
          )}
          {one.id === open && one.state !== 'WAITING' && one.state !== 'REFUSED' && (
            <OpeningRouteFound
              importId={one.id}
              changes={one.newRows + one.changedRows + one.endedRows}
              isDone={one.state !== 'TRIED'}
              titles={titles}
            />
          )}
        </article>
      ))}
    </div>
  );
}

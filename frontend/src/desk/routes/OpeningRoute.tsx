import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { useSearchParams } from 'react-router';
import type { OpeningRouteQuery } from '@/__generated__/OpeningRouteQuery.graphql';
import { StepList } from '@/features/opening/StepList';
import { StepSays } from '@/features/opening/StepSays';
import { PageHead } from '@/shared/PageHead';
import { Reading } from '@/shared/Reading';
import { Section } from '@/shared/Section';
import { useCodeWord } from '@/shared/words';
import { OpeningRouteKind } from './OpeningRouteKind';
import '@/features/opening/opening.css';

/** 开行: the steps to the first walk beside the one that is open, with the lists by which it is taken. */
export function OpeningRoute() {
  return (
    <div className="page">
      <Reading>{(attempt) => <Opening attempt={attempt} />}</Reading>
    </div>
  );
}

function Opening({ attempt }: { attempt: number }) {
  const { t, i18n } = useTranslation();
  const word = useCodeWord();
  const [search] = useSearchParams();
  const [changes, setChanges] = useState(0);
  // The sentences are the server's, so another language is another question.
  const { opening, importKinds } = useLazyLoadQuery<OpeningRouteQuery>(
    graphql`
      query OpeningRouteQuery {
        opening {
          name
          state
          imports
          ...StepList_steps
          ...StepSays_step
        }
        importKinds {
          name
          title
          ...OpeningRouteKind_kind
        }
      }
    `,
    {},
    { fetchKey: `${attempt} ${changes} ${i18n.language}`, fetchPolicy: 'store-and-network' },
  );
  const asked = search.get('step');
  const open =
    opening.find(({ name }) => name === asked) ?? opening.find(({ state }) => state !== 'DONE') ?? opening[0];
  const isOfStep = new Set(opening.flatMap(({ imports }) => imports));
  const last = opening[opening.length - 1];
  // What no step is taken by is offered with the last one.
  const others = open === last ? importKinds.filter(({ name }) => !isOfStep.has(name)) : [];
  const kinds = [...importKinds.filter(({ name }) => open?.imports.includes(name)), ...others];
  const done = opening.filter(({ state }) => state === 'DONE').length;
  return (
    <>
      <PageHead
        title={t('menu.opening')}
        detail={<span className="faint">{t('opening.done', { done, all: opening.length })}</span>}
      />
      <div className="opening">
        <StepList steps={opening} open={open?.name ?? null} />
        {open && (
          <div className="opening-open">
            <Section title={word('openingStep', open.name)}>
              <StepSays step={open} />
            </Section>
            {kinds.map((kind) => (
              <OpeningRouteKind key={kind.name} kind={kind} onChanged={() => setChanges((count) => count + 1)} />
            ))}
          </div>
        )}
      </div>
    </>
  );
}

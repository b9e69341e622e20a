import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { OpeningRouteKind_kind$key } from '@/__generated__/OpeningRouteKind_kind.graphql';
import { BringList } from '@/features/opening/BringList';
import { KindColumns } from '@/features/opening/KindColumns';
import { Reading } from '@/shared/Reading';
import { Section } from '@/shared/Section';
import { useCan } from '@/shared/session';
import { OpeningRouteLists } from './OpeningRouteLists';
import '@/features/opening/opening.css';

type Props = { kind: OpeningRouteKind_kind$key; onChanged: () => void };

/** One kind of list: its template, the door, and the lists that came through it. */
export function OpeningRouteKind({ kind, onChanged }: Props) {
  const { t } = useTranslation();
  const mayBring = useCan('IMPORTS_BRING');
  const [open, setOpen] = useState<string | null>(null);
  const [brought, setBrought] = useState(0);
  const data = useFragment(
    graphql`
      fragment OpeningRouteKind_kind on ImportKind {
        name
        title
        isMap
        columns {
          name
          heading
        }
        ...KindColumns_kind
      }
    `,
    kind,
  );
  const titles = new Map(data.columns.map(({ name, heading }) => [name, heading]));
  return (
    <Section title={data.title}>
      <KindColumns kind={data} />
      {mayBring ? (
        <BringList
          kind={data.name}
          title={data.title}
          isMap={data.isMap}
          onBrought={(importId) => {
            setBrought((count) => count + 1);
            setOpen(importId);
          }}
        />
      ) : (
        <p className="faint">{t('opening.mayNotBring')}</p>
      )}
      <Reading askKey={data.name}>
        {(attempt) => (
          <OpeningRouteLists
            {...{ titles, open, onOpen: setOpen, onChanged }}
            kind={data.name}
            title={data.title}
            isMap={data.isMap}
            fetchKey={`${attempt} ${brought}`}
          />
        )}
      </Reading>
    </Section>
  );
}

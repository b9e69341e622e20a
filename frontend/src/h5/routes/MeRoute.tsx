import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Link } from 'react-router';
import type { MeRouteQuery } from '@/__generated__/MeRouteQuery.graphql';
import { SignOutButton } from '@/shared/device/SignOutButton';
import { WaitingLine } from '@/shared/device/WaitingLine';
import { LanguageLink } from '@/shared/LanguageLink';
import { Reading } from '@/shared/Reading';
import { Section } from '@/shared/Section';
import { useCan, useSession } from '@/shared/session';
import { useCodeWord } from '@/shared/words';

/** 我的: who I am here, my grids and posts, how fresh the data are. */
export function MeRoute() {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { staffName, staffNumber, role, orgUnitName, dataDate } = useSession();
  const canSeeGrids = useCan('GRIDS_VIEW');
  return (
    <div className="me">
      <header className="phone-head">
        <h1>{staffName}</h1>
        <p className="faint">{`${word('role', role)} · ${orgUnitName}`}</p>
      </header>
      <WaitingLine to="/waiting" />
      <dl className="rows">
        <div>
          <dt>{t('me.number')}</dt>
          <dd className="number">{staffNumber}</dd>
        </div>
        <div>
          <dt>{t('data.date')}</dt>
          <dd className="number">{dataDate ?? t('data.none')}</dd>
        </div>
        <div>
          <dt>{t('language.title')}</dt>
          <dd>
            <LanguageLink />
          </dd>
        </div>
      </dl>
      {canSeeGrids && (
        <Section title={t('me.grids')}>
          <Reading>{(attempt) => <Posts attempt={attempt} />}</Reading>
        </Section>
      )}
      <div className="me-end">
        <Link to="/waiting" className="phone-button">
          {t('device.title')}
        </Link>
        <SignOutButton />
      </div>
    </div>
  );
}

type Props = { attempt: number };

function Posts({ attempt }: Props) {
  const { t } = useTranslation();
  const { staffId } = useSession();
  const { viewer } = useLazyLoadQuery<MeRouteQuery>(
    graphql`
      query MeRouteQuery {
        viewer {
          grids {
            id
            code
            name
            posts {
              role
              from
              staff {
                id
                name
              }
            }
            statistics {
              customers
            }
          }
        }
      }
    `,
    {},
    { fetchKey: attempt },
  );
  const grids = viewer?.grids ?? [];
  if (grids.length === 0) return <p className="faint">{t('me.noGrids')}</p>;
  return (
    <ul className="cards">
      {grids.map(({ id, code, name, posts, statistics }) => {
        const mine = posts.find(({ staff }) => staff.id === staffId);
        const other = posts.find(({ staff }) => staff.id !== staffId);
        return (
          <li key={id}>
            <Link to={`/map?grid=${encodeURIComponent(id)}`} className="card">
              <p className="card-head">
                <strong>{name}</strong>
                {mine && <span className="tag tag-accent">{t(mine.role === 'A' ? 'map.postA' : 'map.postB')}</span>}
                <span className="card-kind faint number">{code}</span>
              </p>
              <p className="card-row faint">
                <span>{t('me.customers', { count: statistics.customers })}</span>
                {other && <span>{t(other.role === 'A' ? 'me.otherA' : 'me.otherB', { name: other.staff.name })}</span>}
              </p>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

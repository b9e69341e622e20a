import { useTranslation } from 'react-i18next';
import { graphql, useLazyLoadQuery } from 'react-relay';
import { Link } from 'react-router';
import type { TodayRouteQuery } from '@/__generated__/TodayRouteQuery.graphql';
import { serverNow } from '@/relay/contact';
import { WalkList } from '@/features/walk/WalkList';
import { WaitingLine } from '@/shared/device/WaitingLine';
import { EmptyState } from '@/shared/EmptyState';
import { bankDay } from '@/shared/format';
import { Reading } from '@/shared/Reading';
import { type Session, useSession } from '@/shared/session';

/** Walks are planned within grids, also for whoever was granted more beside his own. */
const WALKS_OF: ReadonlySet<Session['scope']> = new Set(['GRIDS', 'MIXED']);

/** 今日: the walk in walking order. */
export function TodayRoute() {
  const { t } = useTranslation();
  const { staffName, dataDate } = useSession();
  return (
    <>
      <header className="phone-head">
        <h1>{t('walk.title')}</h1>
        <p className="stamp">{dataDate ? t('data.of', { day: dataDate }) : t('data.none')}</p>
        <p className="faint">{staffName}</p>
      </header>
      <WaitingLine to="/waiting" />
      <Reading>{(attempt) => <Walk attempt={attempt} />}</Reading>
    </>
  );
}

type Props = { attempt: number };

function Walk({ attempt }: Props) {
  const { t } = useTranslation();
  const { scope } = useSession();
  const { today } = useLazyLoadQuery<TodayRouteQuery>(
    graphql`
      query TodayRouteQuery {
        today {
          stops {
            order
          }
          ...WalkList_walk
        }
      }
    `,
    {},
    { fetchKey: attempt, fetchPolicy: 'store-and-network' },
  );
  if (!today || today.stops.length === 0) {
    return (
      <EmptyState
        title={t('walk.none')}
        advice={t(WALKS_OF.has(scope) ? 'walk.noneAdvice' : 'walk.noneForRole')}
        action={
          <Link className="phone-button" to="/customers">
            {t('walk.openCustomers')}
          </Link>
        }
      />
    );
  }
  return <WalkList walk={today} today={bankDay(serverNow())} />;
}

import { EnvironmentOutline, TeamOutline, UnorderedListOutline, UserOutline } from 'antd-mobile-icons';
import { useTranslation } from 'react-i18next';
import { NavLink, Route, Routes, useLocation } from 'react-router';
import { FailedNight } from '@/features/nights/FailedNight';
import { LateFeeds } from '@/features/nights/LateFeeds';
import { whoIsHere } from '@/features/session/whoIsHere';
import { VISITS } from '@/features/visits/visitKind';
import { DeviceRoot } from '@/shared/device/DeviceRoot';
import { EmptyState } from '@/shared/EmptyState';
import { lazyNamed } from '@/shared/lazyNamed';
import { Reading } from '@/shared/Reading';
import { useSession } from '@/shared/session';
import { TodayRoute } from './routes/TodayRoute';

const PhoneMapRoute = lazyNamed(() => import('./routes/PhoneMapRoute'), 'PhoneMapRoute');
const PhoneCustomersRoute = lazyNamed(() => import('./routes/PhoneCustomersRoute'), 'PhoneCustomersRoute');
const PhoneCustomerRoute = lazyNamed(() => import('./routes/PhoneCustomerRoute'), 'PhoneCustomerRoute');
const VisitRoute = lazyNamed(() => import('./routes/VisitRoute'), 'VisitRoute');
const WaitingRoute = lazyNamed(() => import('./routes/WaitingRoute'), 'WaitingRoute');
const MeRoute = lazyNamed(() => import('./routes/MeRoute'), 'MeRoute');

const TABS = [
  { path: '/', word: 'tab.today', permission: 'TASKS_VIEW_WALK', Icon: UnorderedListOutline },
  { path: '/map', word: 'tab.map', permission: 'GRIDS_VIEW', Icon: EnvironmentOutline },
  { path: '/customers', word: 'tab.customers', permission: 'CUSTOMERS_VIEW', Icon: TeamOutline },
  { path: '/me', word: 'tab.me', permission: null, Icon: UserOutline },
] as const;

/** Pages that show nothing of last night's files. */
const RESTS_ON_NO_FILE: ReadonlySet<string> = new Set(['/me', '/waiting']);

/** What can be written without a signal. */
const KINDS = [VISITS];

/** The phone: one page, and four tabs within reach of a thumb. */
export function PhonePages() {
  const { t } = useTranslation();
  const { permissions, viewer } = useSession();
  const { pathname } = useLocation();
  const tabs = TABS.filter(({ permission }) => permission === null || permissions.has(permission));
  return (
    <DeviceRoot kinds={KINDS} askWho={whoIsHere}>
      <div className="phone">
        <main className="phone-page">
          {viewer && <FailedNight viewer={viewer} />}
          {viewer && !RESTS_ON_NO_FILE.has(pathname) && <LateFeeds viewer={viewer} />}
          <Reading>
            {() => (
              <Routes>
                <Route path="/" element={permissions.has('TASKS_VIEW_WALK') ? <TodayRoute /> : <MeRoute />} />
                <Route path="/map" element={<PhoneMapRoute />} />
                <Route path="/customers" element={<PhoneCustomersRoute />} />
                <Route path="/customers/:id" element={<PhoneCustomerRoute />} />
                <Route path="/visit/:id" element={<VisitRoute />} />
                <Route path="/waiting" element={<WaitingRoute />} />
                <Route path="/me" element={<MeRoute />} />
                <Route path="*" element={<EmptyState title={t('state.noPage')} advice={t('state.noPageAdvice')} />} />
              </Routes>
            )}
          </Reading>
        </main>
        <nav className="tabs" aria-label={t('tab.title')}>
          {tabs.map(({ path, word, Icon }) => (
            <NavLink key={path} to={path} end={path === '/'}>
              <Icon aria-hidden="true" />
              <span>{t(word)}</span>
            </NavLink>
          ))}
        </nav>
      </div>
    </DeviceRoot>
  );
}

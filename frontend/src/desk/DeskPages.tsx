import { useTranslation } from 'react-i18next';
import { Navigate, NavLink, Route, Routes, useLocation } from 'react-router';
import { FailedNight } from '@/features/nights/FailedNight';
import { LateFeeds } from '@/features/nights/LateFeeds';
import { EmptyState } from '@/shared/EmptyState';
import { LanguageLink } from '@/shared/LanguageLink';
import { Mark } from '@/shared/Mark';
import { Reading } from '@/shared/Reading';
import { useSession } from '@/shared/session';
import { useCodeWord } from '@/shared/words';
import { CustomerRoute, PAGES, PlanRoute, RESTS_ON_NO_FILE } from './pages';

/** The desk: a menu of what this person may open, and the page that is open. */
export function DeskPages() {
  const { t } = useTranslation();
  const session = useSession();
  const { pathname } = useLocation();
  const open = PAGES.filter(({ permission }) => session.permissions.has(permission));
  const home = open[0]?.path;
  return (
    <div className="desk">
      <a className="skip" href="#page">
        {t('menu.skip')}
      </a>
      <nav className="desk-menu" aria-label={t('menu.title')}>
        <p className="desk-brand">
          <Mark sizePx={28} />
          <span>{t('product.name')}</span>
        </p>
        <ul>
          {open.map(({ path, word }) => (
            <li key={path}>
              <NavLink to={path} end={path === '/'}>
                {t(word)}
              </NavLink>
            </li>
          ))}
        </ul>
        <Person />
      </nav>
      <main id="page" className="desk-page" tabIndex={-1}>
        {session.viewer && <FailedNight viewer={session.viewer} />}
        {session.viewer && !RESTS_ON_NO_FILE.has(pathname) && <LateFeeds viewer={session.viewer} />}
        <Routes>
          {open.map(({ path, Page }) => (
            <Route key={path} path={path} element={<Reading askKey={path}>{() => <Page />}</Reading>} />
          ))}
          {session.permissions.has('GRIDS_EDIT') && (
            <Route path="/plans/:id" element={<Reading askKey="plan">{() => <PlanRoute />}</Reading>} />
          )}
          {session.permissions.has('CUSTOMERS_VIEW') && (
            <Route path="/customers/:id" element={<Reading askKey="customer">{() => <CustomerRoute />}</Reading>} />
          )}
          {home && home !== '/' && <Route path="/" element={<Navigate to={home} replace />} />}
          <Route path="*" element={<EmptyState title={t('state.noPage')} advice={t('state.noPageAdvice')} />} />
        </Routes>
      </main>
    </div>
  );
}

function Person() {
  const { t } = useTranslation();
  const word = useCodeWord();
  const { role, staffName, orgUnitName, dataDate, signOut } = useSession();
  return (
    <footer className="desk-person">
      <p className="stamp">{dataDate ? t('data.of', { day: dataDate }) : t('data.none')}</p>
      <p>
        <strong>{staffName}</strong> <span className="faint">{word('role', role)}</span>
      </p>
      <p className="faint">{orgUnitName}</p>
      <p className="desk-person-links">
        <LanguageLink />
        <button type="button" className="link" onClick={signOut}>
          {t('action.signOut')}
        </button>
      </p>
    </footer>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SidePanel } from '@/shared/patterns/SidePanel';
import { Reading } from '@/shared/Reading';
import { CustomerById } from './CustomerRoute';

type Props = { id: string; onOpen: (id: string) => void; onClose: () => void };

/** One customer beside the list that led to it. */
export function CustomerBeside({ id, onOpen, onClose }: Props) {
  const { t } = useTranslation();
  const head = (
    <>
      <strong>{t('customers.profile')}</strong>
      <Link to={`/customers/${encodeURIComponent(id)}`}>{t('customers.wholePage')}</Link>
    </>
  );
  return (
    <SidePanel isWide label={t('customers.profile')} head={head} onClose={onClose}>
      <Reading askKey={id}>{(attempt) => <CustomerById id={id} attempt={attempt} onOpen={onOpen} />}</Reading>
    </SidePanel>
  );
}

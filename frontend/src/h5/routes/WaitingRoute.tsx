import { useTranslation } from 'react-i18next';
import { UnsentList } from '@/shared/device/UnsentList';
import { BackBar } from '../BackBar';

/** 待发送: what was written on this phone and is not with the server yet. */
export function WaitingRoute() {
  const { t } = useTranslation();
  return (
    <>
      <BackBar title={t('device.title')} />
      <UnsentList />
    </>
  );
}

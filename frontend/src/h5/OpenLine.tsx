import { useTranslation } from 'react-i18next';

/** Said where the page came unencrypted from elsewhere: browsers give it no position, and passwords can be read. */
export function OpenLine() {
  const { t } = useTranslation();
  if (window.isSecureContext !== false) return null;
  return (
    <p className="open-line" role="note">
      {t('connection.open')}
    </p>
  );
}

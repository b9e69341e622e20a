import { ConfigProvider } from 'antd-mobile';
import enUS from 'antd-mobile/es/locales/en-US';
import zhCN from 'antd-mobile/es/locales/zh-CN';
import { useTranslation } from 'react-i18next';
import { PhoneSignIn } from '@/features/session/PhoneSignIn';
import { SessionRoot } from '@/features/session/SessionRoot';
import { Failed, Waiting } from '@/shared/states';
import { OpenLine } from './OpenLine';
import { PhonePages } from './PhonePages';

export function PhoneApp() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider locale={i18n.language === 'en' ? enUS : zhCN}>
      <OpenLine />
      <SessionRoot
        signIn={(onSignedIn) => <PhoneSignIn onSignedIn={onSignedIn} />}
        waiting={
          <div className="phone-page">
            <Waiting rows={6} />
          </div>
        }
        failed={(error, retry) => (
          <div className="phone-page">
            <Failed error={error} retry={retry} />
          </div>
        )}
      >
        <PhonePages />
      </SessionRoot>
    </ConfigProvider>
  );
}

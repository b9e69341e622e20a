import { App as AntdApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import 'dayjs/locale/zh-cn';
import { useTranslation } from 'react-i18next';
import { DeskSignIn } from '@/features/session/DeskSignIn';
import { SessionRoot } from '@/features/session/SessionRoot';
import { Failed, Waiting } from '@/shared/states';
import { DeskPages } from './DeskPages';
import { deskTheme } from './theme';

export function DeskApp() {
  const { i18n } = useTranslation();
  return (
    <ConfigProvider theme={deskTheme} locale={i18n.language === 'en' ? enUS : zhCN} button={{ autoInsertSpace: false }}>
      <AntdApp>
        <SessionRoot
          signIn={(onSignedIn) => <DeskSignIn onSignedIn={onSignedIn} />}
          waiting={
            <div className="starting">
              <Waiting rows={4} />
            </div>
          }
          failed={(error, retry) => (
            <div className="starting">
              <Failed error={error} retry={retry} />
            </div>
          )}
        >
          <DeskPages />
        </SessionRoot>
      </AntdApp>
    </ConfigProvider>
  );
}

import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { LanguageLink } from '@/shared/LanguageLink';
import { Mark } from '@/shared/Mark';
import { DeskFirstUse } from './DeskFirstUse';
import { Demonstration } from './Demonstration';
import { useSignIn } from './useSignIn';
import './session.css';

type Props = { onSignedIn: () => void };
type Values = { account: string; password: string };

export function DeskSignIn({ onSignedIn }: Props) {
  const { t } = useTranslation();
  const { signIn, isWaiting, sentence, firstUse, giveUp } = useSignIn(onSignedIn);
  return (
    <main className="door">
      <section className="door-card" aria-labelledby="door-title">
        <header className="door-head">
          <Mark sizePx={40} />
          <div>
            <h1 id="door-title">{t('product.name')}</h1>
            <p>{t('product.promise')}</p>
          </div>
        </header>
        {firstUse ? (
          <DeskFirstUse firstUse={firstUse} onSignedIn={onSignedIn} onGiveUp={giveUp} />
        ) : (
          <Form<Values>
            layout="vertical"
            requiredMark={false}
            onFinish={({ account, password }) => signIn(account, password)}
          >
            <Form.Item
              name="account"
              label={t('door.account')}
              rules={[{ required: true, message: t('door.accountMissing') }]}
            >
              <Input autoComplete="username" autoFocus size="large" />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('door.password')}
              rules={[{ required: true, message: t('door.passwordMissing') }]}
            >
              <Input.Password autoComplete="current-password" size="large" />
            </Form.Item>
            {sentence && <Alert type="error" showIcon title={sentence} className="door-alert" />}
            <Button type="primary" htmlType="submit" size="large" block loading={isWaiting}>
              {t('door.signIn')}
            </Button>
          </Form>
        )}
        <footer className="door-foot">
          <Demonstration />
          <LanguageLink />
        </footer>
      </section>
    </main>
  );
}

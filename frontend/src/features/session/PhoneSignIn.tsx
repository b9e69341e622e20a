import { Button, Form, Input } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { LanguageLink } from '@/shared/LanguageLink';
import { Mark } from '@/shared/Mark';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { PhoneFirstUse } from './PhoneFirstUse';
import { Demonstration } from './Demonstration';
import { useSignIn } from './useSignIn';
import './session.css';

type Props = { onSignedIn: () => void };
type Values = { account: string; password: string };

export function PhoneSignIn({ onSignedIn }: Props) {
  const { t } = useTranslation();
  const { signIn, isWaiting, sentence, firstUse, giveUp } = useSignIn(onSignedIn);
  return (
    <main className="door-phone">
      <header className="door-head">
        <Mark sizePx={48} />
        <div>
          <h1>{t('product.name')}</h1>
          <p>{t('product.promise')}</p>
        </div>
      </header>
      {firstUse ? (
        <PhoneFirstUse firstUse={firstUse} onSignedIn={onSignedIn} onGiveUp={giveUp} />
      ) : (
        <Form
          layout="vertical"
          requiredMarkStyle="none"
          onFinish={({ account, password }: Values) => signIn(account, password)}
          footer={
            <>
              {sentence && <FormAlert>{sentence}</FormAlert>}
              <Button type="submit" color="primary" size="large" block loading={isWaiting}>
                {t('door.signIn')}
              </Button>
            </>
          }
        >
          <Form.Item
            name="account"
            label={t('door.account')}
            rules={[{ required: true, message: t('door.accountMissing') }]}
          >
            <Input autoComplete="username" placeholder={t('door.accountHint')} />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('door.password')}
            rules={[{ required: true, message: t('door.passwordMissing') }]}
          >
            <Input type="password" autoComplete="current-password" placeholder={t('door.passwordHint')} />
          </Form.Item>
        </Form>
      )}
      <footer className="door-foot">
        <Demonstration />
        <LanguageLink />
      </footer>
    </main>
  );
}

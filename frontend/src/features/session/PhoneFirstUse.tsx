import { Button, Form, Input } from 'antd-mobile';
import { useTranslation } from 'react-i18next';
import { FormAlert } from '@/shared/patterns/FormAlert';
import { useFirstPassword } from './useFirstPassword';
import type { FirstUse } from './useSignIn';
import './session.css';

type Props = { firstUse: FirstUse; onSignedIn: () => void; onGiveUp: () => void };
type Values = { password: string; again: string };

/** The first use of a one-time code: nothing but a password of one's own, typed twice. */
export function PhoneFirstUse({ firstUse, onSignedIn, onGiveUp }: Props) {
  const { t } = useTranslation();
  const { choose, isWaiting, sentence } = useFirstPassword(firstUse, onSignedIn);
  return (
    <>
      <div className="door-first">
        <h2 className="door-title">{t('door.firstTitle')}</h2>
        <p className="door-lead">{t('door.firstLead', { account: firstUse.account })}</p>
      </div>
      <Form
        layout="vertical"
        requiredMarkStyle="none"
        onFinish={({ password }: Values) => choose(password)}
        footer={
          <>
            {sentence && <FormAlert>{sentence}</FormAlert>}
            <Button type="submit" color="primary" size="large" block loading={isWaiting}>
              {t('door.choose')}
            </Button>
            <Button fill="none" size="large" block onClick={onGiveUp}>
              {t('door.back')}
            </Button>
          </>
        }
      >
        <Form.Item
          name="password"
          label={t('door.newPassword')}
          description={t('door.newPasswordRule')}
          rules={[{ required: true, min: 10, message: t('door.newPasswordRule') }]}
        >
          <Input type="password" autoComplete="new-password" placeholder={t('door.newPasswordHint')} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('door.again')}
          dependencies={['password']}
          rules={[
            { required: true, message: t('door.againMissing') },
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                !value || value === getFieldValue('password')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('door.againDiffers'))),
            }),
          ]}
        >
          <Input type="password" autoComplete="new-password" placeholder={t('door.againMissing')} />
        </Form.Item>
      </Form>
    </>
  );
}

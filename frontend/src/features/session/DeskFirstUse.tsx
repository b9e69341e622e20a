import { Alert, Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFirstPassword } from './useFirstPassword';
import type { FirstUse } from './useSignIn';
import './session.css';

type Props = { firstUse: FirstUse; onSignedIn: () => void; onGiveUp: () => void };
type Values = { password: string; again: string };

/** The first use of a one-time code: nothing but a password of one's own, typed twice. */
export function DeskFirstUse({ firstUse, onSignedIn, onGiveUp }: Props) {
  const { t } = useTranslation();
  const { choose, isWaiting, sentence } = useFirstPassword(firstUse, onSignedIn);
  return (
    <Form<Values> layout="vertical" requiredMark={false} onFinish={({ password }) => choose(password)}>
      <h2 className="door-title">{t('door.firstTitle')}</h2>
      <p className="door-lead">{t('door.firstLead', { account: firstUse.account })}</p>
      <input hidden readOnly autoComplete="username" value={firstUse.account} />
      <Form.Item
        name="password"
        label={t('door.newPassword')}
        extra={t('door.newPasswordRule')}
        rules={[{ required: true, min: 10, message: t('door.newPasswordRule') }]}
      >
        <Input.Password autoComplete="new-password" autoFocus size="large" />
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
        <Input.Password autoComplete="new-password" size="large" />
      </Form.Item>
      {sentence && <Alert type="error" showIcon title={sentence} className="door-alert" />}
      <Button type="primary" htmlType="submit" size="large" block loading={isWaiting}>
        {t('door.choose')}
      </Button>
      <Button type="link" block className="door-back" onClick={onGiveUp}>
        {t('door.back')}
      </Button>
    </Form>
  );
}

export const zhCN = {
  door: {
    account: '账号',
    accountHint: '请输入账号',
    accountMissing: '请输入账号。',
    password: '密码',
    passwordHint: '请输入密码',
    passwordMissing: '请输入密码。',
    signIn: '登录',
    firstTitle: '设置自己的密码',
    firstLead: '账号 {{account}} 的一次性码正确。请设置只有您自己知道的密码，以后用它登录；一次性码随即作废。',
    newPassword: '新密码',
    newPasswordHint: '请输入新密码',
    newPasswordRule: '至少 10 个字符，可以是一句自己记得住的话，不要包含账号。',
    again: '再输一次',
    againMissing: '请再输一次新密码。',
    againDiffers: '两次输入的密码不一样。',
    choose: '设置密码并登录',
    back: '返回登录',
  },
  refusal: {
    SIGN_IN_REFUSED: '账号或密码不正确。连续输错会暂时锁定账号。',
    TOO_MANY_SIGN_IN_FAILURES:
      '从这个网络地址登录失败次数过多，每六秒只核对一次密码，这次没有核对。请稍等几秒再试，或联系管理员。',
  },
} as const;

export const zhCN = {
  door: {
    account: '账号',
    accountHint: '请输入账号',
    accountMissing: '请输入账号。',
    password: '密码',
    passwordHint: '请输入密码',
    passwordMissing: '请输入密码。',
    signIn: '登录',
  },
  refusal: {
    SIGN_IN_REFUSED: '账号或密码不正确。连续输错会暂时锁定账号。',
    TOO_MANY_SIGN_IN_FAILURES:
      '从这个网络地址登录失败次数过多，每六秒只核对一次密码，这次没有核对。请稍等几秒再试，或联系管理员。',
  },
} as const;

// The words of signing in and of one's own account.

const vi = {
  login: {
    title: 'Đăng nhập',
    lead: 'Dành cho chủ thể, văn phòng OCOP và người kiểm tra. Người mua chỉ cần quét tem, không cần tài khoản.',
    login: 'Tên đăng nhập',
    password: 'Mật khẩu',
    submit: 'Đăng nhập',
    wrong: 'Tên đăng nhập và mật khẩu chưa khớp nhau. Xin thử lại; nếu quên, hãy nhờ văn phòng gửi đường dẫn đặt mật khẩu mới.',
    wait: (minutes: number): string => `Đã thử quá nhiều lần. Xin đợi ${minutes} phút rồi thử lại.`,
    busy: 'Đang có nhiều người đăng nhập. Xin thử lại sau vài giây.',
    failed: 'Chưa đăng nhập được',
    first: 'Xin đăng nhập để mở trang ấy.',
  },
};

export type AccountWords = typeof vi;

const en: AccountWords = {
  login: {
    title: 'Sign in',
    lead: 'For producers, OCOP offices and inspectors. Buyers only scan a stamp and need no account.',
    login: 'Login',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Login and password do not match. Please try again; if you forgot it, ask your office for a link to set a new password.',
    wait: (minutes) => `Too many tries. Please wait ${minutes} minutes and try again.`,
    busy: 'Many people are signing in. Please try again in a few seconds.',
    failed: 'Not signed in yet',
    first: 'Please sign in to open that page.',
  },
};

export function accountWordsOf(language: 'vi' | 'en'): AccountWords {
  return language === 'en' ? en : vi;
}

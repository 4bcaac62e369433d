export type Language = 'vi' | 'en';

const VI = {
  signIn: 'Đăng nhập',
  name: 'Tên đăng nhập',
  password: 'Mật khẩu',
  zone: 'Vào',
  outside: 'Sổ tay đảng viên',
  inside: 'Vận hành cầu nối',
  other: 'English',
  wrong:
    'Tên hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa sau quá nhiều lần nhập sai. Hãy thử lại sau 15 phút.',
  stale: 'Trang này đã cũ. Hãy nhập lại; trình duyệt phải cho phép cookie của máy chủ này.',
  tooMany: 'Quá nhiều yêu cầu. Hãy đợi một phút rồi thử lại.',
  failed: 'Yêu cầu không được chấp nhận. Hãy mở lại trang và thử lại.',
  signedIn: 'Đã đăng nhập',
  as: 'Tài khoản:',
  role: 'Vai trò:',
  go: 'Đi tiếp',
  signOut: 'Đăng xuất',
  everywhere: 'Đăng xuất trên mọi thiết bị',
  signedOut: 'Đã đăng xuất.',
  roles: {
    operator: 'người vận hành',
    releaser: 'người duyệt mở',
    auditor: 'kiểm tra viên',
    app: 'ứng dụng',
    officer: 'cán bộ cấp ủy',
    secretary: 'bí thư chi bộ',
    member: 'đảng viên',
  },
} as const;

type Words = { readonly [Key in keyof typeof VI]: Key extends 'roles' ? (typeof EN)['roles'] : string };

const EN = {
  signIn: 'Sign in',
  name: 'Account name',
  password: 'Password',
  zone: 'To',
  outside: 'The member handbook',
  inside: 'Operating the bridge',
  other: 'Tiếng Việt',
  wrong:
    'The name or the password is wrong, or the account rests after too many bad attempts. Try again in 15 minutes.',
  stale: 'This page is out of date. Enter it again; the browser must take cookies of this server.',
  tooMany: 'Too many requests. Wait a minute and try again.',
  failed: 'The request was not accepted. Open the page again and retry.',
  signedIn: 'Signed in',
  as: 'Account:',
  role: 'Role:',
  go: 'Go on',
  signOut: 'Sign out',
  everywhere: 'Sign out on every device',
  signedOut: 'Signed out.',
  roles: {
    operator: 'operator',
    releaser: 'release officer',
    auditor: 'auditor',
    app: 'service',
    officer: 'committee officer',
    secretary: 'cell secretary',
    member: 'member',
  } as Readonly<Record<keyof (typeof VI)['roles'], string>>,
} as const;

export const WORDS: Readonly<Record<Language, Words>> = { vi: VI, en: EN };

/** What was asked for, else what the browser likes best of the two; Vietnamese where it likes neither. */
export function languageOf(asked: unknown, accepted: string | undefined): Language {
  if (asked === 'vi' || asked === 'en') return asked;
  const first = /\b(vi|en)\b/i.exec(accepted ?? '')?.[1];
  return first?.toLowerCase() === 'en' ? 'en' : 'vi';
}

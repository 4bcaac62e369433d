import { Tokens } from '@fastify/csrf';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Caller } from '../access.ts';
import { OPEN } from '../access.ts';
import { problemAnswers } from '../answers.ts';
import { type AppDeps, DEFAULT_LIMITS } from '../app-deps.ts';
import { callerOfSession, ZONE_PREFIX } from '../bearer-token.ts';
import { errorAnswer } from '../error-answer.ts';
import type { HttpApp } from '../http-app.ts';
import { PROBLEMS } from '../problem.ts';
import { text } from '../text-schema.ts';
import { csrfMatches, csrfToken, isFromElsewhere } from './csrf-token.ts';
import { readFormBodies } from './form-body.ts';
import { sendPage } from './html.ts';
import { languageOf } from './page-words.ts';
import { returnPath } from './return-path.ts';
import type { SessionCookies } from './session-cookie.ts';
import { refusedPage, signedInPage, type SignInForm, signInPage } from './sign-in-page.ts';

const lang = z.enum(['vi', 'en']);
const to = text(2_000).describe('Path on this server to go to afterwards');
const page = { description: 'A page', content: { 'text/html': { schema: z.string() } } };
const moved = { 303: z.undefined().describe('Done: go to `Location`') };
const form = ['application/x-www-form-urlencoded'];

const signInBody = z.strictObject({
  _csrf: text(200),
  lang: lang.default('vi'),
  to: to.optional(),
  zone: z.enum(['inside', 'outside']),
  name: text(128),
  password: text(256),
});
const signOutBody = z.strictObject({
  _csrf: text(200),
  lang: lang.default('vi'),
  everywhere: z.literal('yes').optional(),
});

/** Signing in with a browser, without any script: the session is a cookie. */
export function addSignInRoutes(
  app: HttpApp,
  deps: Pick<AppDeps, 'accounts' | 'limits'>,
  cookies: SessionCookies,
): void {
  readFormBodies(app);
  app.setErrorHandler((error, request, reply) => answerWithPage(error, request, reply));
  const visits = new Tokens({ userInfo: false });

  const who = async (request: FastifyRequest): Promise<(Caller & { readonly cookie: string }) | null> => {
    const cookie = cookies.session(request);
    const caller = cookie === undefined ? null : await callerOfSession(cookie, deps);
    return caller === null || cookie === undefined ? null : { ...caller, cookie };
  };
  const startOf = (zone: 'inside' | 'outside') =>
    zone === 'inside' && app.hasRoute({ method: 'GET', url: '/console' }) ? '/console' : null;

  const sendForm = (
    request: FastifyRequest,
    reply: FastifyReply,
    status: number,
    fields: Omit<SignInForm, 'csrf'>,
  ) => {
    const known = cookies.visit(request);
    const secret = known !== undefined && known.length <= 100 ? known : visits.secretSync();
    if (secret !== known) cookies.setVisit(reply, secret);
    return sendPage(reply, status, signInPage({ ...fields, csrf: csrfToken(secret) }));
  };

  app.get(
    '/sign-in',
    {
      config: { access: OPEN },
      schema: {
        tags: ['session'],
        summary: 'The page to sign in with a browser',
        querystring: z.strictObject({
          lang: lang.optional(),
          to: to.optional(),
          out: z.literal('1').optional().describe('Says that somebody has just signed out'),
        }),
        response: { 200: page, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const language = languageOf(request.query.lang, request.headers['accept-language']);
      const asked = returnPath(request.query.to);
      const caller = await who(request);
      if (caller !== null) {
        const goOn = asked ?? startOf(caller.zone);
        return sendPage(reply, 200, signedInPage(language, caller, csrfToken(caller.cookie), goOn));
      }
      const zone = asked?.startsWith('/console') ? 'inside' : 'outside';
      const notice = request.query.out === undefined ? null : 'signedOut';
      return sendForm(request, reply, 200, { language, to: asked, zone, name: '', notice });
    },
  );

  app.post(
    '/sign-in',
    {
      config: {
        access: OPEN,
        rateLimit: {
          max: deps.limits?.logInsPerMinute ?? DEFAULT_LIMITS.logInsPerMinute,
          timeWindow: 60_000,
        },
      },
      schema: {
        tags: ['session'],
        summary: 'What the page sends: sets the cookie of a new session',
        description:
          'A wrong password, an unknown name and a resting account answer alike, with the page and 401.',
        consumes: form,
        body: signInBody,
        response: { ...moved, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { _csrf, lang: language, zone, name, password } = request.body;
      const asked = returnPath(request.body.to);
      const fields = { language, to: asked, zone, name } as const;
      const visit = cookies.visit(request);
      if (
        visit === undefined ||
        !csrfMatches(visit, _csrf) ||
        isFromElsewhere(request.headers['sec-fetch-site'])
      )
        return sendForm(request, reply, 403, { ...fields, notice: 'stale' });
      const account = await deps.accounts[zone].verify(name, password);
      if (account === null) return sendForm(request, reply, 401, { ...fields, notice: 'wrong' });
      const before = await who(request);
      if (before !== null && before.token !== null)
        await deps.accounts[before.zone].closeSession(before.token);
      const { token, expiresAt } = await deps.accounts[zone].openSession(account.id);
      cookies.setSession(reply, ZONE_PREFIX[zone] + token, expiresAt);
      return reply.redirect(asked ?? startOf(zone) ?? `/sign-in?lang=${language}`, 303);
    },
  );

  app.post(
    '/sign-out',
    {
      config: { access: OPEN },
      schema: {
        tags: ['session'],
        summary:
          'What the page sends: ends the session of the cookie, or with `everywhere` all of the account',
        consumes: form,
        body: signOutBody,
        response: { ...moved, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { _csrf, lang: language, everywhere } = request.body;
      const caller = await who(request);
      if (caller !== null) {
        if (!csrfMatches(caller.cookie, _csrf) || isFromElsewhere(request.headers['sec-fetch-site']))
          return sendPage(reply, 403, refusedPage(language, 'failed'));
        const accounts = deps.accounts[caller.zone];
        if (everywhere === 'yes') await accounts.closeSessionsOf(caller.account.name);
        else if (caller.token !== null) await accounts.closeSession(caller.token);
      }
      cookies.dropSession(reply);
      return reply.redirect(`/sign-in?lang=${language}&out=1`, 303);
    },
  );
}

/** People read these answers, so a refusal is a page too. */
function answerWithPage(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code } = errorAnswer(error);
  const [status] = PROBLEMS[code];
  if (status >= 500) request.log.error({ err: error, problem: code }, 'request failed');
  const language = languageOf(undefined, request.headers['accept-language']);
  return sendPage(reply, status, refusedPage(language, code === 'rate-limited' ? 'tooMany' : 'failed'));
}

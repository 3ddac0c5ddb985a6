import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIP } from 'node:net';
import type { Questions } from '../auth/questions.js';
import { addressKey, addressMatcher, type Forwarding } from '../http/addresses.js';
import { parseFields, readBody } from '../http/body.js';
import { send, text, type Route, type Routes } from '../http/http.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import type { Settings } from '../settings/settings.js';
import type { TokenBuckets } from '../token-buckets.js';
import type { Dialect, Question } from './dialect.js';
import { emqx } from './emqx.js';
import { rabbitmq } from './rabbitmq.js';
import { vernemq } from './vernemq.js';

export interface AuthServicePorts {
  readonly questions: Questions;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly from: Forwarding;
  /** By the client's address, where the broker tells it. */
  readonly failedLogins: TokenBuckets;
}

const paths: readonly (readonly [Dialect, readonly string[]])[] = [
  [rabbitmq, ['user', 'vhost', 'resource', 'topic']],
  [emqx, ['login', 'topic']],
  [vernemq, ['']],
];

/** VerneMQ sends the payload along, in base64. */
const bodyOverhead = 16_384;

/** What other brokers may ask. Answers are the broker's words for yes and no, with status 200 for both; whatever is not a question is refused. */
export function authServiceRoutes(settings: Settings, ports: AuthServicePorts): Routes {
  const mayAsk = addressMatcher(settings.authFrom);
  const mostBytes = Math.ceil(settings.maxMessageBytes * 4 / 3) + bodyOverhead;
  const judge = judgeWith(ports);

  const route = (dialect: Dialect, path: string): Route => ({
    methods: ['POST'],
    async answer(request, response) {
      // A page on this machine has an Origin; a broker behind a proxy would make everybody who reaches the proxy a broker.
      const { from } = ports;
      if (request.headers.origin !== undefined || from.isAnonymous(request) || !mayAsk(from.address(request))) {
        ports.metrics.refused('auth', 'address');
        return text(response, 403, 'not for this address: see the setting authFrom');
      }
      const body = await readBody(request, mostBytes);
      if (body === undefined) return tooLarge(response);
      const fields = parseFields(body, request.headers['content-type'] ?? '');
      const question = fields && dialect.read(path, fields, hookOf(request));
      if (!question) return text(response, 400, 'not a question that this address answers');
      const { type, body: answer } = dialect.format(judge(question));
      send(response, 200, type, answer);
    },
  });
  return Object.fromEntries(paths.flatMap(([dialect, ends]) => ends.map((end) => [`${dialect.path}${end}`, route(dialect, end)])));
}

function judgeWith({ questions, log, metrics, failedLogins }: AuthServicePorts): (question: Question) => boolean {
  const login = (question: Extract<Question, { kind: 'login' }>): boolean => {
    const address = question.address !== undefined && isIP(question.address) !== 0 ? question.address : undefined;
    const guesses = address === undefined ? undefined : addressKey(address);
    const answer = guesses !== undefined && !failedLogins.has(guesses) ? { ok: false as const, reason: 'too many failed logins' } : questions.login(question);
    if (!answer.ok) {
      if (guesses !== undefined) failedLogins.take(guesses);
      log('warn', 'login refused', { address, reason: answer.reason });
      metrics.refused('login', answer.reason);
      return false;
    }
    log('info', 'login allowed', { account: answer.account.name, address, key: answer.key.id });
    metrics.loggedIn(answer.account.sdkAppID, answer.key.id);
    return true;
  };
  return (question) => {
    switch (question.kind) {
      case 'login': return login(question);
      case 'account': return questions.isAccount(question.userName);
      case 'publish': return allow('publish', questions.mayPublish(question));
      case 'subscribe': return allow('subscribe', question.filters.length > 0 && question.filters.every((filter) => questions.maySubscribe(question.userName, filter)));
      case 'refused': return allow('publish', false);
    }
  };

  function allow(what: 'publish' | 'subscribe', allowed: boolean): boolean {
    if (!allowed) metrics.refused(what, 'topic not allowed');
    return allowed;
  }
}

function hookOf({ headers }: IncomingMessage): string {
  const hook = headers['vernemq-hook'];
  return typeof hook === 'string' ? hook : '';
}

function tooLarge(response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  text(response, 413, 'too large');
}

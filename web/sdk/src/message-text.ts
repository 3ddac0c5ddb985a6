// What a chat list shows for a message of a call (behaviour document, 3.14), in the reader's language.

/** Ended after, started, ended; then `actionType` 2 to 5: cancelled, answered, declined, not answered. */
const texts: Readonly<Record<string, string>> = {
  ko: '통화 시간|통화 시작|통화 종료|통화 취소됨|통화 응답함|통화 거절됨|응답 없음',
  en: 'Call ended after|Call started|Call ended|Call cancelled|Call answered|Call declined|No answer',
  zh: '通话时长|发起通话|通话结束|已取消|已接听|已拒绝|无应答',
  ja: '通話時間|通話を開始|通話終了|キャンセル|応答しました|拒否されました|応答なし',
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const clockOf = (seconds: number): string =>
  [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => twoDigits(Math.floor(part))).join(':');

interface Signal {
  businessID?: unknown;
  actionType?: unknown;
  data?: unknown;
}
interface Inner {
  call_end?: unknown;
  room_id?: unknown;
}

function read(message: unknown, words: string[]): string | undefined {
  const { type, payload } = message as { type?: unknown; payload: { data: string } };
  if (type !== 'TIMCustomElem') return undefined;
  const { businessID, actionType, data } = JSON.parse(payload.data) as Signal;
  if (businessID !== 1) return undefined;
  if (actionType !== 1) return Number(actionType) > 1 ? words[Number(actionType) + 1] : undefined;
  const { call_end, room_id } = innerOf(data);
  if (Number(call_end) > 0) return `${words[0]} ${clockOf(Number(call_end))}`;
  return words[call_end !== 0 && room_id !== undefined ? 1 : 2];
}

/** What does not parse is as good as empty. */
function innerOf(data: unknown): Inner {
  try {
    return (JSON.parse(data as string) as Inner | null) ?? {};
  } catch {
    return {};
  }
}

/** '' for everything that is no message of a call, whatever it is. `languages`: the first that there is a text in. */
export function textOfMessage(message: unknown, languages: readonly unknown[]): string {
  const known = languages.map((language) => texts[String(language).slice(0, 2).toLowerCase()]);
  const words = known.find((text) => text !== undefined) ?? (texts['en'] as string);
  try {
    return read(message, words.split('|')) ?? '';
  } catch {
    return '';
  }
}

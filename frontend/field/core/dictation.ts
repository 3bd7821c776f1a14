// Speaking instead of typing, where the device has it. Words are only ever handed to the caller.
import { readonly, ref } from "vue";
import { onClosing } from "./vault";

interface Heard { results: ArrayLike<ArrayLike<{ transcript: string }> & { isFinal: boolean }>; resultIndex: number }
interface Recogniser {
  lang: string; continuous: boolean; interimResults: boolean; processLocally?: boolean;
  onresult: ((heard: Heard) => void) | null;
  onerror: ((event: { error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void; stop(): void;
}

const maker = window as unknown as { SpeechRecognition?: new () => Recogniser; webkitSpeechRecognition?: new () => Recogniser };
const Recognition = maker.SpeechRecognition ?? maker.webkitSpeechRecognition;
const REASONS: { [error: string]: string } = {
  "not-allowed": "没有麦克风权限，请在手机设置里允许后再试",
  "network": "这部手机的听写要联网，现在没有网络",
  "no-speech": "没有听到声音，请再说一次",
  "audio-capture": "找不到麦克风",
};

const listening = ref(false);
const trouble = ref("");
let current: Recogniser | null = null;

function start(said: (text: string) => void): void {
  if (!Recognition || current) return;
  const recogniser = new Recognition();
  recogniser.lang = "zh-CN";
  recogniser.continuous = true;
  recogniser.interimResults = false;
  recogniser.onresult = ({ results, resultIndex }) => {
    for (let index = resultIndex; index < results.length; index++) {
      const text = results[index]?.[0]?.transcript.trim();
      if (text) said(text);
    }
  };
  recogniser.onerror = ({ error }) => { trouble.value = REASONS[error] ?? "听写没有成功，请改用键盘"; };
  recogniser.onend = () => { listening.value = false; current = null; };
  trouble.value = "";
  listening.value = true;
  current = recogniser;
  recogniser.start();
}

/** Nobody listens any more: nothing said from now on is written anywhere. */
function leave(): void {
  if (!current) return;
  current.onresult = null;
  current.stop();
}
onClosing(leave);

export const dictation = {
  available: Recognition !== undefined,
  /** To be shown where it is offered: who hears it. */
  note: "听写由手机系统完成，有的手机会把声音传给系统厂商；不宜外传的内容请用键盘写",
  listening: readonly(listening),
  trouble: readonly(trouble),
  start,
  stop: (): void => current?.stop(),
  leave,
};

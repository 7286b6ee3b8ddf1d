// The chat page. One WebSocket; what was not answered is sent again after a reconnect,
// under the same number, so that the server answers it once.
"use strict";

const WORDS = {
  pl: { languages: "Język", failed: "Coś poszło nie tak. Proszę spróbować jeszcze raz.", input: "Pytanie", placeholder: "Pytanie, np. „gdzie stoisko 12”", send: "Wyślij",
        typing: "Odpowiedź w drodze…", offline: "Brak połączenia. Ponawianie…", copied: "Skopiowano: ",
        copyFailed: "Do skopiowania: ", mine: "Pytanie: ", bot: "Odpowiedź: ", map: "Mapa" },
  uk: { languages: "Мова", failed: "Щось пішло не так. Будь ласка, спробуйте ще раз.", input: "Запитання", placeholder: "Запитання, напр. «де стенд 12»", send: "Надіслати",
        typing: "Відповідь у дорозі…", offline: "Немає зв’язку. Повторна спроба…", copied: "Скопійовано: ",
        copyFailed: "Для копіювання: ", mine: "Запитання: ", bot: "Відповідь: ", map: "Мапа" },
  en: { languages: "Language", failed: "Something went wrong. Please try again.", input: "Question", placeholder: "A question, e.g. “where is stand 12”", send: "Send",
        typing: "The answer is on its way…", offline: "No connection. Trying again…", copied: "Copied: ",
        copyFailed: "To copy: ", mine: "Question: ", bot: "Answer: ", map: "Map" },
};
const TYPING_AFTER_MS = 400;
const LONGEST_WAIT_MS = 15000;

const $ = (id) => document.getElementById(id);
const given = JSON.parse(document.body.dataset.words);
const store = window.sessionStorage;
const state = {
  socket: null, waiting: [], wait: 500, language: "pl", tapped: null,
  number: Number(kept("number") || 0), session: kept("session"),
};

function kept(key) {
  try { return store.getItem("targobot-" + key); } catch { return null; }  // storage may be forbidden in a frame
}
function keep(key, value) {
  try { store.setItem("targobot-" + key, value); } catch { /* the tab then forgets on reload */ }
}
function newSession() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
function words() { return WORDS[state.language]; }

function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

// ---- language of the page
function speak(language) {
  state.language = language;
  keep("language", language);
  document.documentElement.lang = language;
  const title = given.title[language] || given.title.pl;
  document.title = title;
  $("title").textContent = title;
  const notice = given.notice[language] || given.notice.pl || "";
  $("notice").textContent = notice;
  $("notice").hidden = !notice;
  $("languages").setAttribute("aria-label", words().languages);
  $("input-label").textContent = words().input;
  $("input").placeholder = words().placeholder;
  $("send-words").textContent = words().send;
  $("typing-words").textContent = words().typing;
  for (const button of $("languages").children)
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
}

// ---- connection
function connect() {
  const address = new URL("chat", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.search = address.hash = "";
  const socket = new WebSocket(address);
  state.socket = socket;
  socket.onopen = () => {
    state.wait = 500;
    $("status").textContent = "";
    socket.send(JSON.stringify({ session: state.session, language: kept("language") || navigator.language || "" }));
    for (const message of state.waiting) socket.send(JSON.stringify(message));
  };
  socket.onmessage = (event) => receive(JSON.parse(event.data));
  socket.onclose = () => {
    $("status").textContent = words().offline;
    setTimeout(connect, state.wait * (0.75 + Math.random() / 2));
    state.wait = Math.min(state.wait * 2, LONGEST_WAIT_MS);
  };
}
function send(message) {
  message.id = ++state.number;
  keep("number", state.number);
  state.waiting.push(message);
  if (state.socket && state.socket.readyState === WebSocket.OPEN) state.socket.send(JSON.stringify(message));
  setTimeout(() => { $("typing").hidden = !state.waiting.length; scroll(); }, TYPING_AFTER_MS);
}
function receive(answer) {
  const asked = state.waiting.find((message) => message.id === answer.answers);
  if (!asked) return;  // a second answer to what was sent twice
  state.waiting = state.waiting.filter((message) => message !== asked);
  $("typing").hidden = !state.waiting.length;
  document.querySelectorAll(".chips").forEach((chips) => chips.remove());
  if (answer.failed) $("status").textContent = words().failed;
  answer.replies.forEach((reply, index) => show(reply, index === answer.replies.length - 1));
  scroll();
}

// ---- drawing
function say(text) {
  const bubble = make("div", "bubble mine");
  bubble.append(make("span", "hidden", words().mine), text);
  $("log").append(bubble);
  scroll();
}
function show(reply, isLast) {
  const bubble = make("div", "bubble bot");
  bubble.lang = reply.language;
  bubble.append(make("span", "hidden", words().bot));
  if (reply.title) bubble.append(make("h2", "", reply.title));
  for (const paragraph of reply.text.split("\n\n")) if (paragraph) bubble.append(linked(make("p"), paragraph));
  for (const card of reply.cards) bubble.append(drawCard(card));
  if (reply.point) bubble.append(drawButtons([{ label: words().map + ": " + reply.point.label, url: reply.point.url }], ""));
  if (reply.file) bubble.append(drawFile(reply.file));
  if (reply.note) bubble.append(linked(make("p", "note"), reply.note));
  const kept = reply.buttons.filter((button) => !button.tap);
  if (kept.length) bubble.append(drawButtons(kept, ""));
  if (reply.replaces && state.tapped && state.tapped.isConnected) state.tapped.replaceWith(bubble);
  else $("log").append(bubble);
  const choices = reply.buttons.filter((button) => button.tap);
  // The choices of the last message are chips below it; earlier ones stay with their message.
  if (choices.length && isLast) bubble.after(drawButtons(choices, "chips", bubble));
  else if (choices.length) bubble.append(drawButtons(choices, ""));
}
function drawFile(file) {
  const bytes = Uint8Array.from(atob(file.content), (sign) => sign.charCodeAt(0));
  const link = make("a", "button", "⤓ " + file.name);
  // Only these are sent; anything else could be opened as a page.
  const type = /^(text\/calendar|text\/csv|application\/json)$/.test(file.type) ? file.type : "application/octet-stream";
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = file.name;
  const list = make("ul", "buttons");
  const place = make("li");
  place.append(link);
  list.append(place);
  return list;
}
function drawCard(card) {
  const element = make("section", "card");
  element.append(make("h3", "", card.title));
  if (card.text) element.append(linked(make("p"), card.text));
  if (card.note) element.append(make("p", "tag", card.note));
  if (card.buttons.length) element.append(drawButtons(card.buttons, ""));
  return element;
}
function drawButtons(buttons, className, bubble) {
  const list = make("ul", "buttons " + className);
  for (const button of buttons) {
    const place = make("li");
    place.append(drawButton(button, bubble));
    list.append(place);
  }
  return list;
}
function drawButton(button, bubble) {
  if (button.url) {
    const link = make("a", "button", button.label);
    link.href = /^(https?|tel|mailto):/.test(button.url) ? button.url : "about:blank";
    link.rel = "noopener noreferrer";
    if (/^http/.test(button.url)) link.target = "_blank";
    return link;
  }
  const element = make("button", "", button.label);
  element.type = "button";
  element.onclick = () => {
    if (button.copy) return copy(button.copy);
    state.tapped = bubble || element.closest(".bubble");
    say(button.label);
    send({ tap: button.tap });
    $("input").focus({ preventScroll: true });
  };
  return element;
}
function linked(element, text) {
  // Split keeps the addresses at the odd places.
  text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).forEach((part, index) => {
    if (index % 2 === 0) return element.append(part);
    const link = make("a", "", part);
    link.href = part;
    link.rel = "noopener noreferrer";
    link.target = "_blank";
    element.append(link);
  });
  return element;
}
function copy(text) {
  const done = () => { $("status").textContent = words().copied + text; };
  const failed = () => { $("status").textContent = words().copyFailed + text; };
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, failed);
  else failed();
}
function scroll() {
  const last = $("log").querySelector(".bubble.mine:last-of-type") || $("log").lastElementChild;
  const main = $("main");
  main.scrollTop = main.scrollHeight;
  // A long answer is read from its top, not from its end.
  const mine = [...$("log").querySelectorAll(".bubble.mine")].pop() || last;
  if (mine && mine.offsetTop < main.scrollTop + main.offsetTop) main.scrollTop = mine.offsetTop - main.offsetTop - 8;
}

// ---- start
$("form").onsubmit = (event) => {
  event.preventDefault();
  const text = $("input").value.trim();
  if (!text) return;
  $("input").value = "";
  say(text);
  send({ text });
};
for (const button of $("languages").children) {
  button.onclick = () => {
    speak(button.dataset.language);
    send({ command: "jezyk", argument: state.language });
  };
}
const wished = kept("language") || (navigator.language || "").slice(0, 2);
speak(WORDS[wished] ? wished : wished === "ru" ? "uk" : "pl");
if (!state.session) {
  state.session = newSession();
  keep("session", state.session);
}
connect();
send({ command: "start", argument: new URLSearchParams(location.search).get("start") || "" });
if (window.self === window.top && window.matchMedia("(hover: hover)").matches) $("input").focus();

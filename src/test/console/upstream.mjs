// An OpenAI-compatible upstream that does as the test says: what the last message asks for, or word by word on demand.
import { createServer } from 'node:http';
import { once } from 'node:events';

export const MARKDOWN = `# Streams

An **event stream** is text over HTTP, see [the standard](https://html.spec.whatwg.org/).

- it resumes
- it is \`text/event-stream\`

| Name | Bytes |
| --- | ---: |
| data | 12 |

\`\`\`javascript
const source = new EventSource('/events');
\`\`\`

That is all.`;

/** Starts it; \`held\` gives the next request whose last message begins with "hold". */
export async function startUpstream() {
  const requests = [];
  const held = [];
  const waiting = [];
  const hold = (talk) => (waiting.length ? waiting.shift()(talk) : held.push(talk));
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    requests.push({ headers: request.headers, body });
    answer(new Talk(response, body), body, hold);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    requests,
    held: () => (held.length ? Promise.resolve(held.shift()) : new Promise((resolve) => waiting.push(resolve))),
    close: () => (server.closeAllConnections(), server.close()),
  };
}

async function text(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** One answer: chunks as the OpenAI API writes them. */
class Talk {
  constructor(response, body) {
    Object.assign(this, { response, body, count: 0 });
  }

  open() {
    if (!this.response.headersSent) this.response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  }

  chunk(fields) {
    this.open();
    const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'scripted', ...fields };
    this.response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }

  delta(delta, index = 0, finish_reason = null) {
    this.count++;
    this.chunk({ choices: [{ index, delta, finish_reason }] });
  }

  say(content, index = 0) {
    this.delta({ content }, index);
  }

  end(reason = 'stop', choices = 1) {
    for (let index = 0; index < choices; index++) this.delta({}, index, reason);
    if (this.body.stream_options?.include_usage) {
      this.chunk({ choices: [], usage: { prompt_tokens: 7, completion_tokens: this.count, total_tokens: 7 + this.count } });
    }
    this.response.end('data: [DONE]\n\n');
  }
}

function answer(talk, body, hold) {
  const last = body.messages.at(-1);
  const [word, ...rest] = String(last.content).split(' ');
  const act = ACTS[last.role === 'tool' ? 'weather' : word] ?? ACTS.markdown;
  if (word === 'hold') return hold(talk);
  act(talk, body, rest.join(' '));
}

const ACTS = {
  markdown: (talk, body) => {
    const choices = body.n ?? 1;
    for (const piece of MARKDOWN.match(/[^]{1,8}/g)) for (let index = 0; index < choices; index++) talk.say(piece, index);
    for (let index = 1; index < choices; index++) talk.say(`\n\nChoice ${index + 1}.`, index);
    talk.end('stop', choices);
  },
  echo: (talk, body, text) => {
    talk.say(text);
    talk.end();
  },
  cut: (talk, body, reason) => {
    talk.say('The first half');
    talk.end(reason);
  },
  reason: (talk) => {
    talk.delta({ reasoning_content: 'First I *think*.' });
    talk.say('Then I speak.');
    talk.end();
  },
  tool: (talk) => {
    talk.delta({ role: 'assistant', content: null });
    talk.delta({ tool_calls: [{ index: 0, id: 'call_7', type: 'function', function: { name: 'get_weather', arguments: '' } }] });
    for (const piece of ['{"city"', ':"Bern"', '}']) talk.delta({ tool_calls: [{ index: 0, function: { arguments: piece } }] });
    talk.end('tool_calls');
  },
  weather: (talk, body) => {
    talk.say(`In Bern it is ${body.messages.at(-1).content}.`);
    talk.end();
  },
  refuse: (talk) => {
    talk.response.writeHead(429, { 'Content-Type': 'application/json' });
    talk.response.end(JSON.stringify({ error: { message: 'Slow down, <b>please</b>.', type: 'rate', code: 'rate_limited' } }));
  },
  json: (talk, body, text) => {
    for (const delta of JSON.parse(text)) talk.delta(delta);
    talk.end();
  },
  fast: (talk, body, text) => pour(talk, text, (at) => (at % 40 === 39 ? '.\n\n' : ` word${at}`)),
  listing: (talk, body, text) => {
    talk.say('```javascript\n');
    pour(talk, text, (at) => (at % 9 === 8 ? ';\n' : ` word${at} +`));
  },
};

/** So many tokens at so many per second. */
function pour(talk, text, token) {
  const [total, perSecond] = text.split(' ').map(Number);
  const began = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(total, Math.round(((performance.now() - began) / 1000) * perSecond));
    for (; sent < due; sent++) talk.say(token(sent));
    if (sent < total) return;
    clearInterval(timer);
    talk.end();
  }, 10);
}

// Writes programs that ask what a turn asked, and that read it. Keys are never written into them: they come from the
// environment. Every value goes through the quoting of its language, because messages hold whatever people type.
import { askBody } from './snippet-body.js';
import * as quote from './snippet-quotes.js';
import { eventsPath, here, shown, statusPath } from './turn-url.js';

/** @returns {{name: string, language: string, ask: ?string, read: ?string, readNote?: string}[]} */
export function snippets(status, url) {
  const endpoint = status.endpoints.stream_events_url ? 'stream-chatgpt' : 'async-chatgpt';
  const facts = {
    api: shown(here(`/v1/${endpoint}`)), base: shown(here('/v1')), endpoint,
    body: askBody(status, url), secret: url.access === 'private', streamed: endpoint === 'stream-chatgpt',
    target: shown(endpoint === 'stream-chatgpt' ? eventsPath(url) : `${statusPath(url)}?wait=60`),
  };
  return [curl(facts), browserFetch(facts), eventSource(facts), php(facts), python(facts), java(facts), openai(facts)];
}

const json = (body) => JSON.stringify(body, null, 2);

function curl({ api, body, target, secret }) {
  return {
    name: 'curl', language: 'bash',
    ask: `curl ${quote.shell(api)} \\\n  -H 'Content-Type: application/json' \\\n  -H "X-OpenAI-API-Key: $OPENAI_API_KEY" \\\n  -H "X-API-Key: $OFFLOAD_KEY" \\\n  --data-binary ${quote.shell(json(body))}`,
    read: `curl -N ${secret ? '-H "Authorization: Bearer $BEARER_TOKEN" ' : ''}${quote.shell(target)}`,
  };
}

function browserFetch({ api, body, target, secret, streamed }) {
  return {
    name: 'fetch', language: 'javascript',
    ask: `const response = await fetch(${quote.script(api)}, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-OpenAI-API-Key': upstreamKey, 'X-API-Key': serviceKey },
  body: JSON.stringify(${json(body)}),
});
const { endpoints, authorization } = await response.json();`,
    read: `const response = await fetch(${quote.script(target)}${secret ? ', { headers: { Authorization: `Bearer ${bearerToken}` } }' : ''});
${streamed ? `const pieces = response.body.pipeThrough(new TextDecoderStream()).getReader();
for (let piece; !(piece = await pieces.read()).done;) console.log(piece.value);` : 'console.log(await response.json());'}`,
  };
}

function eventSource({ target, secret, streamed }) {
  const url = secret ? `${quote.script(`${target}?`)} + stream_url_arg + '&offset='` : quote.script(`${target}?offset=`);
  return {
    name: 'EventSource', language: 'javascript', ask: null,
    readNote: streamed ? 'Read this turn; after a lost connection it goes on by itself' : 'An async turn has no events; this waits for its status',
    read: streamed ? `let cursor = '0';

function follow() {
  const source = new EventSource(${url} + cursor);
  source.onmessage = ({ data, lastEventId }) => {
    cursor = lastEventId;
    if (data === '[DONE]') return source.close();
    const { choices, error } = JSON.parse(data);
    if (error) console.error(error.message);
    else console.log(choices[0]?.delta?.content ?? '');
  };
  source.onerror = async () => {
    // Not left to the browser: Firefox gives up where nobody answers, Safari may take half an event along.
    source.close();
    // It tells no reason, but a HEAD does: 401 for a wrong token, 404 where the turn was deleted.
    const head = await fetch(source.url, { method: 'HEAD' }).catch(() => null);
    if (head?.status >= 400 && head.status < 500) console.error('the stream was refused: ' + head.status);
    else setTimeout(follow, 1000);
  };
}

follow();` : `const response = await fetch(${quote.script(target)}${secret ? ', { headers: { Authorization: `Bearer ${bearerToken}` } }' : ''});
console.log(await response.json());`,
  };
}

function php({ api, body, target, secret }) {
  return {
    name: 'PHP', language: 'php',
    ask: `<?php
$curl = curl_init(${quote.php(api)});
curl_setopt_array($curl, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_HTTPHEADER => [
        'Content-Type: application/json',
        'X-OpenAI-API-Key: ' . getenv('OPENAI_API_KEY'),
        'X-API-Key: ' . getenv('OFFLOAD_KEY'),
    ],
    CURLOPT_POSTFIELDS => ${quote.php(json(body))},
]);
$turn = json_decode(curl_exec($curl), true);
echo $turn['endpoints']['status_url'], "\\n";`,
    read: `<?php
$curl = curl_init(${quote.php(target)});
curl_setopt($curl, CURLOPT_WRITEFUNCTION, function ($curl, $bytes) {
    echo $bytes;
    return strlen($bytes);
});${secret ? `
curl_setopt($curl, CURLOPT_HTTPHEADER, ['Authorization: Bearer ' . getenv('BEARER_TOKEN')]);` : ''}
curl_exec($curl);`,
  };
}

function python({ api, body, target, secret }) {
  return {
    name: 'Python', language: 'python',
    ask: `import json, os, urllib.request

request = urllib.request.Request(
    ${quote.script(api)},
    data=${quote.python(json(body))}.encode(),
    headers={
        "Content-Type": "application/json",
        "X-OpenAI-API-Key": os.environ.get("OPENAI_API_KEY", ""),
        "X-API-Key": os.environ.get("OFFLOAD_KEY", ""),
    },
)
with urllib.request.urlopen(request) as response:
    turn = json.load(response)
print(turn["endpoints"]["status_url"])`,
    read: `import os, urllib.request

request = urllib.request.Request(${quote.script(target)})${secret ? `
request.add_header("Authorization", "Bearer " + os.environ["BEARER_TOKEN"])` : ''}
with urllib.request.urlopen(request) as response:
    for line in response:
        print(line.decode(), end="", flush=True)`,
  };
}

function java({ api, body, target, secret }) {
  const program = (uri, headers, call, handler) => `import java.net.URI;
import java.net.http.*;

void main() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(${quote.script(uri)}))${headers}${call}
        .build();
    var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.${handler};
}`;
  const ask = program(api, `
        .header("Content-Type", "application/json")
        .header("X-OpenAI-API-Key", System.getenv().getOrDefault("OPENAI_API_KEY", ""))
        .header("X-API-Key", System.getenv().getOrDefault("OFFLOAD_KEY", ""))`,
  `\n        .POST(HttpRequest.BodyPublishers.ofString(${quote.java(json(body))}))`, 'ofString());\n    IO.println(response.body())');
  const read = program(target, secret ? '\n        .header("Authorization", "Bearer " + System.getenv("BEARER_TOKEN"))' : '', '',
    'ofLines());\n    response.body().forEach(IO::println)');
  return { name: 'Java', language: 'java', ask, read };
}

function openai({ base, endpoint, body, target, secret, streamed }) {
  const client = `import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: ${quote.script(base)},
  apiKey: process.env.OFFLOAD_KEY ?? 'none',
  defaultHeaders: { 'X-OpenAI-API-Key': process.env.OPENAI_API_KEY },
});`;
  const authorization = secret ? ', headers: { Authorization: `Bearer ${process.env.BEARER_TOKEN}` }' : '';
  return {
    name: 'openai SDK', language: 'javascript',
    ask: `${client}\n\nconst turn = await client.post('/${endpoint}', { body: ${json(body)} });\nconsole.log(turn.endpoints.status_url);`,
    read: `${client}\n\n${streamed ? `const chunks = await client.get(${quote.script(target)}, { stream: true${authorization} });
for await (const chunk of chunks) process.stdout.write(chunk.choices[0]?.delta?.content ?? '');`
      : `console.log(await client.get(${quote.script(target)}${secret ? ', { headers: { Authorization: `Bearer ${process.env.BEARER_TOKEN}` } }' : ''}));`}`,
  };
}

// A reverse proxy in front of a server, with a rule of its own.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

/**
 * @param {() => object} server the one behind it, once there is one
 * @param {(incoming: object, outgoing: object) => ?string} rule the path to ask the server for; or it has answered itself
 */
export async function startProxy(server, rule) {
  const proxy = createServer((incoming, outgoing) => {
    const path = rule(incoming, outgoing);
    if (outgoing.writableEnded) return undefined;
    const { method, headers } = incoming;
    const onward = request(server().url + path, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    return incoming.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://127.0.0.1:${proxy.address().port}`,
    close() {
      proxy.close();
      proxy.closeAllConnections();
    },
  };
}

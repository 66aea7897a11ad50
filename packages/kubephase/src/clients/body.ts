/** Reads the body of an answer over HTTP, up to a limit: a server that sends more, or without end, is not waited for. */
import type { IncomingMessage } from 'node:http';

/**
 * Returns the body as UTF-8 text. The connection is closed when the body is refused.
 * @param maxBytes as they are sent: nothing is unpacked, as no answer is asked to be packed
 * @throws Error that says in its message what is wrong with the body; what broke the connection
 */
export function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void => {
      reject(new Error(why));
      response.destroy();
    };
    response.once('error', reject);
    const { 'content-encoding': encoding = 'identity', 'content-length': announced = '0' } = response.headers;
    if (encoding !== 'identity') return refuse('the answer is packed, though that was not asked for');
    const tooLong = `the answer is longer than ${maxBytes} bytes`;
    if (Number(announced) > maxBytes) return refuse(tooLong);
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > maxBytes) refuse(tooLong);
      else chunks.push(chunk);
    });
    response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

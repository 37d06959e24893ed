// One browser's event stream, kept open: when it last heard of a change, and whether it still stands.
import { connect } from 'node:net';

// Resolves once the server has begun the stream.
export function eventStream(url, bearer) {
    const { hostname, port, host } = new URL(url);
    const socket = connect(Number(port), hostname);
    const stream = { bearer, heard: undefined, ended: () => socket.destroyed || socket.readableEnded, close: () => socket.destroy() };
    let text = '', begun = false;
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`GET /api/v1/changes HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${bearer}\r\nAccept: text/event-stream\r\n\r\n`));
    return new Promise((ready, failed) => {
        socket.on('error', failed);
        socket.on('data', (chunk) => {
            text += chunk;
            if (!begun) {
                const end = text.indexOf('\r\n\r\n');
                if (end < 0) return;
                if (!text.startsWith('HTTP/1.1 200')) return failed(new Error(`no event stream: ${text.slice(0, 200)}`));
                begun = true;
                text = text.slice(end + 4);
                ready(stream);
            }
            for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2))
                if (text.slice(0, end).includes('event: change\n')) stream.heard = performance.now();
        });
    });
}

// HTTP by hand: bytes on a socket, and all that comes back until the other side ends it.
import { connect } from 'node:net';

const patience = 30_000;

// Sends `bytes` at once; gives everything that was answered by the end of the connection, as Latin-1.
export function talk({ host, port }, bytes) {
    return new Promise((resolve, reject) => {
        const socket = connect(port, host);
        let said = '';
        const timer = setTimeout(() => {
            socket.destroy();
            reject(new Error(`nobody ended the connection; so far: ${said.slice(0, 300)}`));
        }, patience);
        socket.on('data', (part) => { said += part.toString('latin1'); });
        // Cut while we still wrote: what was said before counts.
        socket.on('error', () => {});
        socket.on('close', () => {
            clearTimeout(timer);
            resolve(said);
        });
        socket.on('end', () => socket.end());
        socket.write(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, 'latin1'));
    });
}

// The answers in what was said: status and the rest of each.
export function answersIn(said) {
    return said.split(/(?=HTTP\/1\.1 \d{3} )/).filter((one) => one !== '').map((one) => ({ status: Number(one.slice(9, 12)), text: one }));
}

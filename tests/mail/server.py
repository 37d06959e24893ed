#!/usr/bin/python3
# A mail server for tests (Debian's aiosmtpd) on a free port: prints its port, then a line of JSON for each mail it took, read by Python's
# email package, which knows nothing of our writer. server.py <host> [<certificate> <key>]; words on standard input rule what comes next:
# "accept", "later" (451), "never" (550).
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP

answers = {"later": "451 4.3.0 come back later", "never": "550 5.1.1 no such mailbox"}
mood = "accept"
turned_away = 0


class Keeper:
    async def handle_RCPT(self, server, session, envelope, address, options):
        global turned_away
        if mood != "accept":
            turned_away += 1
            print(json.dumps({"turnedAway": turned_away}), flush=True)
            return answers[mood]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        raw = envelope.content
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
        told = {
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None, "signed_in": session.authenticated,
            "headers": [[name.lower(), str(value)] for name, value in mail.items()],
            "addresses": {name: [[one.display_name, one.addr_spec] for one in mail[name].addresses] for name in ("from", "to")},
            "defects": [str(one) for one in mail.defects],
            "text": parts.get("text/plain"), "html": parts.get("text/html"), "parts": sorted(parts), "raw": raw.decode("latin-1"),
        }
        print(json.dumps(told), flush=True)
        return "250 OK"


class Anybody:
    def __call__(self, server, session, envelope, mechanism, auth_data):
        from aiosmtpd.smtp import AuthResult
        return AuthResult(success=auth_data.login == b"crm" and auth_data.password == b"s3cret-of-mail")


async def main():
    global mood
    host, *tls = sys.argv[1:]
    context = None
    if tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*tls)
    more = {"tls_context": context, "require_starttls": True, "authenticator": Anybody(), "auth_required": True} if tls else {}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keeper(), hostname="mail.test", **more), host, 0)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        mood = line.decode().strip()
        print(json.dumps({"mood": mood}), flush=True)


asyncio.run(main())

"""nginx's log_format strings.

Source: nginx documentation, ngx_http_log_module and the variables of ngx_http_core_module.
"""

import re
from collections.abc import Iterator

from preau.operate.accesslog.reading import fields
from preau.operate.accesslog.reading.fields import Field

NAMES = {
    "nginx": '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
    '"$http_referer" "$http_user_agent"',
}

_VARIABLES = {
    "remote_addr": fields.HOST, "remote_user": fields.USER, "host": fields.VHOST,
    "server_name": fields.VHOST, "http_host": fields.VHOST, "server_port": fields.PORT,
    "time_local": fields.TIME, "time_iso8601": Field("time", fields.WORD, "iso8601"),
    "msec": Field("time", fields.WORD, "seconds"), "request": fields.REQUEST,
    "request_method": fields.METHOD, "request_uri": fields.PATH, "uri": fields.PATH,
    "args": fields.QUERY, "query_string": fields.QUERY, "server_protocol": fields.PROTOCOL,
    "status": fields.STATUS, "body_bytes_sent": fields.BYTES, "bytes_sent": fields.BYTES,
    "http_referer": fields.REFERRER, "http_user_agent": fields.AGENT,
    "http_x_forwarded_for": fields.FORWARDED, "request_time": fields.took("s"),
}  # fmt: skip
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>[a-z0-9_]+)\}|(?P<bare>[a-z0-9_]+))")
_FORGOTTEN = Field("", fields.QUOTED)


def parts_of(text: str) -> Iterator[Field | str]:
    """The fields of a log_format, and what stands between them."""
    place = 0
    for match in _VARIABLE.finditer(text):
        if place < match.start():
            yield text[place : match.start()]
        place = match.end()
        yield _VARIABLES.get(match["braced"] or match["bare"], _FORGOTTEN)
    if place < len(text):
        yield text[place:]

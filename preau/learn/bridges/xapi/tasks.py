"""Sending events to a record store in the background."""

import logging
from datetime import timedelta

from django.conf import settings
from django_tasks import task

from preau.learn.bridges.xapi.export import names_of
from preau.learn.bridges.xapi.forward import Forwarding
from preau.learn.bridges.xapi.record_store import RecordStore
from preau.learn.events.folder import EventsFolder
from preau.learn.notifications.schedule import Entry

logger = logging.getLogger(__name__)


def forwarding() -> Forwarding:
    """A try to send what is left to the store of the settings."""
    store = RecordStore(settings.XAPI_ENDPOINT, settings.XAPI_KEY, settings.XAPI_SECRET)
    return Forwarding(EventsFolder(settings.EVENTS_FOLDER), store, names_of)


@task()
def forward_events() -> int:
    """Send what was recorded since the last time; answers how many statements were taken."""
    it = forwarding()
    it.run()
    if it.away:
        logger.warning("Statements wait, for %s.", it.away)
    return it.sent


SCHEDULE = (
    (Entry("forward-events", forward_events, timedelta(minutes=1)),)
    if settings.XAPI_ENDPOINT
    else ()
)

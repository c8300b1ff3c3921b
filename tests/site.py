"""The site folder that the tests run in; loaded by pytest before Django reads its settings."""

import os
import tempfile
from pathlib import Path

# Settings are read when Django is imported, so the site must be there first.
_SITE = Path(tempfile.mkdtemp(prefix="preau-test-site-"))
for _name in ("data", "media", "events", "mail", "run", "static"):
    (_SITE / _name).mkdir()
(_SITE / "preau.toml").write_text('[site]\nname = "Préau"\naddress = "http://testserver"\n')
_secrets = _SITE / "secrets.toml"
_secrets.touch(0o600)
_secrets.write_text('[site]\nsecret_key = "only-for-tests-0123456789-0123456789-0123456789"\n')
os.environ["PREAU_SITE"] = str(_SITE)
os.environ["DJANGO_SETTINGS_MODULE"] = "preau.learn.settings"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the thread
